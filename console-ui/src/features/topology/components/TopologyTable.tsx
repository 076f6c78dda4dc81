import { HealthMark } from "@/components/ui/HealthMark";
import { Num } from "@/components/ui/Num";
import type { Red, Topology } from "@/lib/api/types";
import { millis, NONE, rate, share } from "@/lib/format/quantity";
import { t } from "@/lib/i18n";
import { errorTone } from "@/lib/tone";
import { failedPerSecond, readableId } from "../model/dependencies";
import { sceneEdges } from "../model/scene";
import css from "./TopologyTable.module.css";

interface TopologyTableProps {
  topology: Topology;
  /** Only these rows; null: all. */
  found: Set<string> | null;
  selected: string | undefined;
  onSelect: (id: string | undefined) => void;
}

const RANK = { bad: 0, warn: 1, unknown: 2, ok: 3 };

/** The graph's edges as rows, worst first: all that it shows, without seeing it. */
export function TopologyTable({ topology, found, selected, onSelect }: TopologyTableProps) {
  const edges = sceneEdges(topology)
    .filter(({ id }) => found === null || found.has(id))
    .sort((a, b) => RANK[a.edge.health] - RANK[b.edge.health] || b.edge.red.rate - a.edge.red.rate);
  return (
    <div className={css.scroll}>
      <table className="grid">
        <caption className="visually-hidden">{t("topology.tableCaption")}</caption>
        <thead>
          <tr>
            <th scope="col">{t("column.caller")}</th>
            <th scope="col">{t("column.callee")}</th>
            <th scope="col" className="right">
              {t("red.rate")}
            </th>
            <th scope="col" className="right">
              {t("red.errors")}
            </th>
            <th scope="col" className="right">
              p50
            </th>
            <th scope="col" className="right">
              p99
            </th>
            <th scope="col" className="right">
              {t("column.retries")}
            </th>
            <th scope="col">{t("column.breaker")}</th>
            <th scope="col" className="wide">
              {t("column.instances")}
            </th>
          </tr>
        </thead>
        <tbody>
          {edges.map(({ id, edge, external }) => (
            <tr key={id} data-selected={selected === id}>
              <th scope="row">
                <button type="button" className={css.open} onClick={() => onSelect(id)}>
                  <HealthMark health={edge.health} /> {edge.caller}
                </button>
              </th>
              <td>{readableId(edge.callee)}</td>
              <td className="right">
                <Num q={rate(edge.red.rate)} />
              </td>
              <td className="right">
                <Errors red={edge.red} external={external} />
              </td>
              <td className="right">
                <Num q={millis(edge.red.p50Millis)} />
              </td>
              <td className="right">
                <Num q={millis(edge.red.p99Millis)} />
              </td>
              <td className="right">
                <Num q={external ? NONE : rate(edge.retriesPerSecond)} />
              </td>
              <td>{external ? "–" : t(`breaker.${edge.breaker}`)}</td>
              <td className="wide quiet">
                {external && t("topology.fromSpans")}
                {edge.instances.map((i) => `${i.instance} ${share(i.share).value}%`).join("  ")}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

/** A share; of a dependency, of which failing calls are kept more often, a rate. */
function Errors({ red, external }: { red: Red; external: boolean }) {
  if (external) {
    const failed = failedPerSecond(red);
    return <Num q={rate(failed)} tone={failed > 0 ? "warn" : undefined} />;
  }
  return <Num q={share(red.rate ? red.errorShare : null)} tone={errorTone(red)} />;
}
