import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { Ago } from "@/components/ui/Ago";
import { Panel } from "@/components/ui/Panel";
import { Tag } from "@/components/ui/Tag";
import { stateTone, targetWords } from "@/lib/alerts";
import { alertsQuery } from "@/lib/api/alerts";
import type { Alert } from "@/lib/api/types";
import { t } from "@/lib/i18n";
import css from "./HomePage.module.css";
import { Quiet, shown } from "./Quiet";

/** Alerts that fire and that nobody has silenced. */
export function AlertList() {
  const { data: report } = useQuery(alertsQuery);
  if (!report) return null;
  const loud = report.alerts.filter(({ state, silencedBy }) => state === "firing" && !silencedBy);
  const { first, more } = shown(loud);
  return (
    <Panel title={t("nav.alerts")} hint={t("alerts.firingNow")}>
      {first.length === 0 ? (
        <Quiet>{t("alerts.calm")}</Quiet>
      ) : (
        <ul className={css.list}>
          {first.map((alert) => (
            <Row key={alert.fingerprint} alert={alert} />
          ))}
          {more > 0 && (
            <li>
              <Link to="/alerts">{t("topology.more", { n: more })}</Link>
            </li>
          )}
        </ul>
      )}
    </Panel>
  );
}

function Row({ alert }: { alert: Alert }) {
  return (
    <li>
      <div className={css.line}>
        <Link to="/alerts" search={{ rule: alert.rule }}>
          {alert.name}
        </Link>
        <Tag tone={stateTone(alert.state, alert.severity)}>{t(`alerts.severity.${alert.severity}`)}</Tag>
        <span className={`${css.detail} ${css.push}`}>
          <Ago at={alert.since} />
        </span>
      </div>
      <p className={css.detail}>{targetWords(alert.target)}</p>
    </li>
  );
}
