import { Link } from "@tanstack/react-router";
import { Num } from "@/components/ui/Num";
import { Empty } from "@/components/ui/States";
import type { Red } from "@/lib/api/types";
import { millis, rate, share } from "@/lib/format/quantity";
import { t } from "@/lib/i18n";
import { errorTone } from "@/lib/tone";

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
        </tr>
      </thead>
      <tbody>
        {sorted.map((row) => (
          <tr key={row.name}>
            <th scope="row" className="wide">
              <RowLink row={row} />
            </th>
            <td className="right">
              <Num q={rate(row.red.rate)} />
            </td>
            <td className="right">
              <Num q={share(row.red.rate ? row.red.errorShare : null)} tone={errorTone(row.red)} />
            </td>
            <td className="right">
              <Num q={millis(row.red.p50Millis)} />
            </td>
            <td className="right">
              <Num q={millis(row.red.p99Millis)} />
            </td>
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
