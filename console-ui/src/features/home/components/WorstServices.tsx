import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { Sparkline } from "@/components/charts/Sparkline";
import { HealthMark } from "@/components/ui/HealthMark";
import { RedCells, RedHeads } from "@/components/ui/RedCells";
import { redQuery } from "@/lib/api/queries";
import type { RedPoint, ServiceNode } from "@/lib/api/types";
import { t } from "@/lib/i18n";
import { errorTone } from "@/lib/tone";

const COLUMNS = ["rate", "errors", "p99"] as const;

const SHOWN = 8;

export function WorstServices({ services }: { services: ServiceNode[] }) {
  const { data: history } = useQuery(redQuery({ groupBy: "service" }));
  const pointsOf = (service: string) =>
    history?.series.find(({ key }) => key.service === service)?.points ?? [];
  return (
    <table className="grid">
      <thead>
        <tr>
          <th scope="col">{t("column.service")}</th>
          <th scope="col" className="wide">
            {t("panel.lastMinutes", { n: 15 })}
          </th>
          <RedHeads columns={COLUMNS} />
          <th scope="col">
            <span className="visually-hidden">{t("column.trace")}</span>
          </th>
        </tr>
      </thead>
      <tbody>
        {services.slice(0, SHOWN).map((node) => (
          <Row key={node.service} node={node} points={pointsOf(node.service)} />
        ))}
      </tbody>
    </table>
  );
}

function Row({ node: { service, health, red }, points }: { node: ServiceNode; points: RedPoint[] }) {
  return (
    <tr>
      <th scope="row">
        <HealthMark health={health} />{" "}
        <Link to="/services/$service" params={{ service }}>
          {service}
        </Link>
      </th>
      <td className="wide">
        <Sparkline
          values={points.map((p) => p.rate)}
          errors={points.map((p) => p.rate * p.errorShare)}
          label={t("services.trend", { service })}
        />
      </td>
      <RedCells columns={COLUMNS} red={red} />
      <td className="right">
        {errorTone(red) && (
          <Link
            to="/traces"
            search={{ service, status: "error" }}
            aria-label={t("home.failuresOf", { service })}
          >
            {t("home.failures")}
          </Link>
        )}
      </td>
    </tr>
  );
}
