import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { RedCharts } from "@/components/charts/RedCharts";
import { busiest } from "@/components/charts/redColumns";
import { Ago } from "@/components/ui/Ago";
import { CopyId } from "@/components/ui/CopyId";
import { Num } from "@/components/ui/Num";
import { SideSection } from "@/components/ui/SidePanel";
import { Loaded } from "@/components/ui/States";
import { failuresQuery, type RedFilter, redQuery } from "@/lib/api/queries";
import type { Failure } from "@/lib/api/types";
import { shortMethod } from "@/lib/format/id";
import { millis } from "@/lib/format/quantity";
import { t } from "@/lib/i18n";
import css from "./panelParts.module.css";

export function RedSection({ filter, subject }: { filter: RedFilter; subject: string }) {
  const query = useQuery(redQuery(filter));
  return (
    <SideSection title={t("panel.lastMinutes", { n: 15 })}>
      <Loaded query={query}>
        {({ series }) => <RedCharts points={busiest(series)?.points ?? []} subject={subject} height={54} />}
      </Loaded>
    </SideSection>
  );
}

interface FailuresSectionProps {
  match: (failure: Failure) => boolean;
  limit?: number;
}

/** The newest failed calls; each leads to its trace. */
export function FailuresSection({ match, limit = 6 }: FailuresSectionProps) {
  const query = useQuery(failuresQuery);
  return (
    <SideSection title={t("panel.failures")}>
      <Loaded query={query} rows={2}>
        {(all) => <FailureList failures={all.filter(match).slice(0, limit)} />}
      </Loaded>
    </SideSection>
  );
}

function FailureList({ failures }: { failures: Failure[] }) {
  if (failures.length === 0) return <p className={css.none}>{t("panel.noFailures")}</p>;
  return (
    <ul className={css.failures}>
      {failures.map((failure) => (
        <li key={`${failure.traceId}${failure.method}`}>
          <div className={css.line}>
            <Link to="/traces/$traceId" params={{ traceId: failure.traceId }}>
              {shortMethod(failure.method)}
            </Link>
            <b>{failure.status}</b>
            <Num q={millis(failure.durationMillis)} />
            <span className={css.when}>
              <Ago at={failure.at} />
            </span>
          </div>
          <div className={css.line}>
            <span className={css.message} title={failure.message}>
              {failure.message}
            </span>
            <CopyId id={failure.traceId} max={12} />
          </div>
        </li>
      ))}
    </ul>
  );
}
