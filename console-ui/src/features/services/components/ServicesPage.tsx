import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { Sparkline } from "@/components/charts/Sparkline";
import { HealthMark } from "@/components/ui/HealthMark";
import { Page } from "@/components/ui/Page";
import { Panel } from "@/components/ui/Panel";
import { RedCells, RedHeads } from "@/components/ui/RedCells";
import { Empty, Loaded } from "@/components/ui/States";
import { redQuery, servicesQuery, topologyQuery } from "@/lib/api/queries";
import type { RedPoint } from "@/lib/api/types";
import { t } from "@/lib/i18n";
import { type ServiceRow, serviceRows } from "../model/serviceRows";
import { ContractMark } from "./ContractMark";
import css from "./ServicesPage.module.css";

const COLUMNS = ["rate", "errors", "p50", "p99"] as const;

export function ServicesPage() {
  const services = useQuery(servicesQuery);
  const topology = useQuery(topologyQuery);
  const history = useQuery(redQuery({ groupBy: "service" }));
  const pointsOf = (service: string) =>
    history.data?.series.find((s) => s.key.service === service)?.points ?? [];
  return (
    <Page title={t("nav.services")} summary={t("services.summary")}>
      <Panel title={t("services.all")} hint={t("services.hint")} flush>
        <Loaded query={services}>
          {(list) =>
            list.length === 0 ? (
              <Empty title={t("topology.empty")}>{t("topology.emptyHint")}</Empty>
            ) : (
              <ServicesTable rows={serviceRows(list, topology.data)} pointsOf={pointsOf} />
            )
          }
        </Loaded>
      </Panel>
    </Page>
  );
}

interface ServicesTableProps {
  rows: ServiceRow[];
  pointsOf: (service: string) => RedPoint[];
}

function ServicesTable({ rows, pointsOf }: ServicesTableProps) {
  return (
    <table className="grid">
      <thead>
        <tr>
          <th scope="col">{t("column.service")}</th>
          <th scope="col">{t("column.instances")}</th>
          <th scope="col" className="wide">
            {t("panel.lastMinutes", { n: 15 })}
          </th>
          <RedHeads columns={COLUMNS} />
          <th scope="col">{t("services.calledBy")}</th>
        </tr>
      </thead>
      <tbody>
        {rows.map((row) => (
          <Row key={row.service} row={row} points={pointsOf(row.service)} />
        ))}
      </tbody>
    </table>
  );
}

function Row({ row, points }: { row: ServiceRow; points: RedPoint[] }) {
  const { service, health, red } = row;
  return (
    <tr>
      <th scope="row">
        <span className={css.name}>
          <HealthMark health={health} />
          <Link to="/services/$service" params={{ service }}>
            {service}
          </Link>
          <ContractMark service={service} />
        </span>
      </th>
      <td data-tone={row.missing ? "bad" : undefined} className={css.instances}>
        {row.instanceWords}
      </td>
      <td className="wide">
        <Sparkline
          values={points.map((p) => p.rate)}
          errors={points.map((p) => p.rate * p.errorShare)}
          label={t("services.trend", { service })}
        />
      </td>
      <RedCells columns={COLUMNS} red={red} />
      <td className={`quiet ${css.callers}`}>{row.callers.join(", ") || "–"}</td>
    </tr>
  );
}
