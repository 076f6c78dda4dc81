import { useQueries, useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { Tag } from "@/components/ui/Tag";
import { acksQuery, auditQuery } from "@/lib/api/queries";
import type { AckProcess } from "@/lib/api/types";
import { newestRevisions } from "@/lib/audit/newest";
import { t } from "@/lib/i18n";
import css from "./OverviewTab.module.css";

const TONES = { applied: "ok", pending: "warn", refused: "bad", silent: "warn" } as const;
const ROWS = 100;

interface AppliedRevisionsProps {
  instance: string;
  /** Those it serves or calls. */
  services: string[];
}

/** What this instance has in force of the newest change of each service. */
export function AppliedRevisions({ instance, services }: AppliedRevisionsProps) {
  const { data: rows = [] } = useQuery(auditQuery({ limit: ROWS }));
  const changed = newestRevisions(rows, 0).filter(({ service }) => services.includes(service));
  const acks = useQueries({ queries: changed.map((it) => acksQuery(it.service, it.revision)) });
  const found = acks.flatMap(({ data }) =>
    (data?.processes ?? [])
      .filter((process) => process.instance === instance)
      .map((process) => ({ service: data?.service ?? "", revision: data?.revision ?? 0, process })),
  );
  if (found.length === 0) return <p className={css.none}>{t("instance.noApplied")}</p>;
  return (
    <table className="grid">
      <thead>
        <tr>
          <th scope="col">{t("column.service")}</th>
          <th scope="col">{t("column.kind")}</th>
          <th scope="col" className="right">
            {t("acks.applied")}
          </th>
          <th scope="col" className="right">
            {t("instance.newest")}
          </th>
          <th scope="col" className="wide">
            {t("column.status")}
          </th>
        </tr>
      </thead>
      <tbody>
        {found.map(({ service, revision, process }) => (
          <tr key={`${service}/${process.role}`}>
            <th scope="row">
              <Link to="/audit" search={{ service }}>
                {service}
              </Link>
            </th>
            <td>{t(`instance.${process.role}`)}</td>
            <td className="right mono">r{process.appliedRevision}</td>
            <td className="right mono">r{revision}</td>
            <td className="wide">
              <State process={process} />
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function State({ process: { state, detail } }: { process: AckProcess }) {
  return (
    <>
      <Tag tone={TONES[state]}>{t(`acks.${state}`)}</Tag> <span className="quiet">{detail}</span>
    </>
  );
}
