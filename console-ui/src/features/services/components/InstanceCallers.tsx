import { Link } from "@tanstack/react-router";
import { BreakerTag } from "@/components/ui/BreakerTag";
import { Num } from "@/components/ui/Num";
import { RedCells, RedHeads } from "@/components/ui/RedCells";
import { Empty } from "@/components/ui/States";
import type { Edge } from "@/lib/api/types";
import { share } from "@/lib/format/quantity";
import { t } from "@/lib/i18n";

const COLUMNS = ["rate", "errors", "p99"] as const;

/** Each caller with what it sends here, and whether its breaker lets it. */
export function InstanceCallers({ id, edges }: { id: string; edges: Edge[] }) {
  const rows = edges.flatMap(({ caller, callee, instances }) => {
    const target = instances.find(({ instance }) => instance === id);
    return target ? [{ caller, callee, target }] : [];
  });
  if (rows.length === 0) return <Empty title={t("instance.noConnections")} />;
  return (
    <table className="grid">
      <thead>
        <tr>
          <th scope="col" className="wide">
            {t("column.caller")}
          </th>
          <th scope="col" className="right">
            {t("column.share")}
          </th>
          <RedHeads columns={COLUMNS} />
          <th scope="col">{t("column.breaker")}</th>
        </tr>
      </thead>
      <tbody>
        {rows.map(({ caller, callee, target: { share: part, red, breaker } }) => (
          <tr key={caller}>
            <th scope="row" className="wide">
              <Link to="/topology" search={{ select: `${caller}>${callee}` }}>
                {caller}
              </Link>
            </th>
            <td className="right">
              <Num q={share(part)} />
            </td>
            <RedCells columns={COLUMNS} red={red} />
            <td>
              <BreakerTag state={breaker} />
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
