import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { RedCharts } from "@/components/charts/RedCharts";
import { busiest } from "@/components/charts/redColumns";
import { KeepCalls } from "@/components/control/KeepCalls";
import { RecentChanges } from "@/components/control/RecentChanges";
import { BreakerTag } from "@/components/ui/BreakerTag";
import { HealthMark } from "@/components/ui/HealthMark";
import { Panel } from "@/components/ui/Panel";
import { RedCells, RedHeads } from "@/components/ui/RedCells";
import { Empty, Loaded } from "@/components/ui/States";
import { redQuery, topologyQuery } from "@/lib/api/queries";
import type { Edge, ServiceDetail } from "@/lib/api/types";
import { t } from "@/lib/i18n";
import css from "./OverviewTab.module.css";
import { Pipeline } from "./Pipeline";

export function OverviewTab({ detail }: { detail: ServiceDetail }) {
  const { service } = detail;
  const red = useQuery(redQuery({ service }));
  const { data: topology } = useQuery(topologyQuery);
  const edges = topology?.edges ?? [];
  return (
    <>
      <Panel title={t("service.traffic")} hint={t("panel.lastMinutes", { n: 15 })}>
        <Loaded query={red}>
          {({ series }) => (
            <RedCharts points={busiest(series)?.points ?? []} subject={service} height={110} across />
          )}
        </Loaded>
      </Panel>
      <div className={css.two}>
        <Panel title={t("services.calledBy")} flush>
          <Neighbours edges={edges.filter((e) => e.callee === service)} other="caller" />
        </Panel>
        <Panel title={t("services.calls")} flush>
          <Neighbours edges={edges.filter((e) => e.caller === service)} other="callee" />
        </Panel>
      </div>
      <KeepCalls service={service} />
      <Panel title={t("changes.title")} hint={t("changes.hint")}>
        <RecentChanges service={service} />
      </Panel>
      <Panel title={t("service.pipeline")} hint={t("service.pipelineHint")}>
        <Pipeline pipelines={detail.pipeline} />
      </Panel>
    </>
  );
}

const COLUMNS = ["rate", "errors", "p99"] as const;
const RANK = { bad: 0, warn: 1, unknown: 2, ok: 3 };

function Neighbours({ edges, other }: { edges: Edge[]; other: "caller" | "callee" }) {
  if (edges.length === 0) return <Empty title={t("service.noNeighbours")} />;
  const sorted = [...edges].sort((a, b) => RANK[a.health] - RANK[b.health] || b.red.rate - a.red.rate);
  return (
    <table className="grid">
      <thead>
        <tr>
          <th scope="col" className="wide">
            {t(`column.${other}`)}
          </th>
          <RedHeads columns={COLUMNS} />
          <th scope="col">{t("column.breaker")}</th>
        </tr>
      </thead>
      <tbody>
        {sorted.map((edge) => (
          <tr key={edge[other]}>
            <th scope="row" className="wide">
              <HealthMark health={edge.health} />{" "}
              <Link to="/topology" search={{ select: `${edge.caller}>${edge.callee}` }}>
                {edge[other]}
              </Link>
            </th>
            <RedCells columns={COLUMNS} red={edge.red} />
            <td>
              <BreakerTag state={edge.breaker} />
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
