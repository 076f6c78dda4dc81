import { Link } from "@tanstack/react-router";
import { RedCells, RedHeads } from "@/components/ui/RedCells";
import { Empty } from "@/components/ui/States";
import type { Red } from "@/lib/api/types";
import { t } from "@/lib/i18n";

const COLUMNS = ["rate", "errors", "p50", "p99"] as const;

interface RedRow {
  name: string;
  red: Pick<Red, "rate" | "errorShare" | "p50Millis" | "p99Millis">;
  /** What the name leads to. */
  caller?: string;
  instance?: string;
}

/** Rate, errors, latency of each; who fails most comes first, then who has most calls. */
export function RedRows({ rows }: { rows: RedRow[] }) {
  if (rows.length === 0) return <Empty title={t("red.empty")} />;
  const failures = ({ red }: RedRow) => red.rate * red.errorShare;
  const sorted = [...rows].sort((a, b) => failures(b) - failures(a) || b.red.rate - a.red.rate);
  return (
    <table className="grid">
      <thead>
        <tr>
          <th scope="col" className="wide">
            {t(rows.some(({ instance }) => instance) ? "column.instance" : "column.caller")}
          </th>
          <RedHeads columns={COLUMNS} />
        </tr>
      </thead>
      <tbody>
        {sorted.map((row) => (
          <tr key={row.name}>
            <th scope="row" className="wide">
              <RowLink row={row} />
            </th>
            <RedCells columns={COLUMNS} red={row.red} />
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function RowLink({ row: { name, caller, instance } }: { row: RedRow }) {
  if (instance) {
    return (
      <Link to="/instances/$instance" params={{ instance }}>
        {name}
      </Link>
    );
  }
  return caller ? (
    <Link to="/topology" search={{ select: caller }}>
      {name}
    </Link>
  ) : (
    name
  );
}
