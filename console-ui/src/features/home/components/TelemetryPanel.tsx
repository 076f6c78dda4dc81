import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { Icon } from "@/components/ui/Icon";
import { Panel } from "@/components/ui/Panel";
import { Stat, Stats } from "@/components/ui/Stat";
import { recordersQuery } from "@/lib/api/queries";
import type { SystemState } from "@/lib/api/types";
import { count, NONE, rate } from "@/lib/format/quantity";
import { t } from "@/lib/i18n";
import type { Finding } from "@/lib/system/findings";
import css from "./HomePage.module.css";
import { Quiet } from "./Quiet";

/** Whether what is shown can be believed: recorders, intake, store, registry. */
export function TelemetryPanel({ system, found }: { system: SystemState; found: Finding[] }) {
  const { data: recorders } = useQuery(recordersQuery);
  const horizon = recorders?.shortestHorizonSeconds ?? null;
  const lost = system.recorders.lostPerSecond + system.intake.spansDroppedPerSecond;
  return (
    <Panel title={t("home.telemetry")} actions={<Link to="/system">{t("home.more")}</Link>}>
      {found.length === 0 ? (
        <Quiet>{t("system.calm")}</Quiet>
      ) : (
        <ul className={css.findings}>
          {found.map(({ id, tone, text }) => (
            <li key={id} data-tone={tone}>
              <Icon name={tone} size={14} />
              {text}
            </li>
          ))}
        </ul>
      )}
      <div className={css.figures}>
        <Stats>
          <Stat label={t("system.reporting")} q={count(system.recorders.reporting)} />
          <Stat
            label={t("system.shortestHorizon")}
            q={horizon === null ? NONE : { value: String(Math.round(horizon)), unit: "s" }}
          />
          <Stat label={t("system.spansPerSecond")} q={rate(system.intake.spansPerSecond)} />
          <Stat label={t("column.lost")} q={rate(lost)} tone={lost > 0 ? "bad" : undefined} />
        </Stats>
      </div>
    </Panel>
  );
}
