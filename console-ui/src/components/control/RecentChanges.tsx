import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { Ago } from "@/components/ui/Ago";
import { Icon } from "@/components/ui/Icon";
import { acksQuery, auditQuery } from "@/lib/api/queries";
import type { AuditRow } from "@/lib/api/types";
import { describeChange } from "@/lib/audit/describe";
import { t } from "@/lib/i18n";
import { useNow } from "@/lib/useNow";
import { AcksStrip, sentence } from "./AcksStrip";
import { ackView } from "./acksModel";
import css from "./RecentChanges.module.css";

/** While a change is this young its acknowledgements are counted in full. */
const FRESH_MILLIS = 45_000;

interface RecentChangesProps {
  /** Left out: of all services. */
  service?: string;
  limit?: number;
  /** Epoch ms; older ones are left out. */
  since?: number;
  /** Said when there are none. */
  none?: string;
}

/** The newest changes, each with the proof that it is applied. */
export function RecentChanges({ service, limit = 4, since = 0, none }: RecentChangesProps) {
  const query = useQuery(auditQuery({ ...(service ? { service } : {}), limit }));
  const rows = (query.data ?? []).filter(({ at }) => Date.parse(at) >= since);
  if (rows.length === 0) return <p className={css.none}>{none ?? t("changes.none")}</p>;
  return (
    <ol className={css.list}>
      {rows.slice(0, limit).map((row) => (
        <Change key={row.id} row={row} showService={!service} />
      ))}
    </ol>
  );
}

function Change({ row, showService }: { row: AuditRow; showService: boolean }) {
  const now = useNow();
  const fresh = now - Date.parse(row.at) < FRESH_MILLIS && row.revision > 0;
  return (
    <li className={css.change} data-fresh={fresh}>
      <div className={css.what}>
        <span className={css.revision}>r{row.revision}</span>
        {showService && (
          <Link to="/services/$service" params={{ service: row.service }}>
            {row.service}
          </Link>
        )}
        <span>{describeChange(row)}</span>
        <span className={css.why} title={row.reason}>
          {row.author} · {row.reason}
        </span>
        <span className={css.when}>
          <Ago at={row.at} />
        </span>
      </div>
      {fresh ? <AcksStrip service={row.service} revision={row.revision} /> : <Settled row={row} />}
    </li>
  );
}

function Settled({ row }: { row: AuditRow }) {
  const query = useQuery({ ...acksQuery(row.service, row.revision), enabled: row.revision > 0 });
  if (!query.data) return null;
  const view = ackView(query.data);
  return (
    <span className={css.settled} data-phase={view.phase}>
      <Icon name={view.phase === "complete" ? "check" : "warn"} size={12} />
      {sentence(view)}
    </span>
  );
}
