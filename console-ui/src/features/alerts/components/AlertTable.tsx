import { Button } from "@mantine/core";
import { Link } from "@tanstack/react-router";
import { Ago } from "@/components/ui/Ago";
import { Num } from "@/components/ui/Num";
import { Tag } from "@/components/ui/Tag";
import { quantity, sign, stateTone, targetWords } from "@/lib/alerts";
import type { Alert, Silence } from "@/lib/api/types";
import { plain } from "@/lib/format/quantity";
import { t } from "@/lib/i18n";
import { isWebAddress } from "../model/ruleForm";
import css from "./AlertsPage.module.css";

interface AlertTableProps {
  alerts: Alert[];
  silences: Silence[];
  maySilence: (service: string) => boolean;
  onSilence: (alert: Alert) => void;
}

/** Each alert with what was measured against what was set, and where to look next. */
export function AlertTable({ alerts, silences, maySilence, onSilence }: AlertTableProps) {
  return (
    <table className={`grid ${css.tall}`}>
      <thead>
        <tr>
          <th scope="col">{t("alerts.state")}</th>
          <th scope="col" className="wide">
            {t("alerts.alert")}
          </th>
          <th scope="col">{t("alerts.about")}</th>
          <th scope="col" className="right">
            {t("alerts.value")}
          </th>
          <th scope="col">{t("alerts.since")}</th>
          <th scope="col">
            <span className="visually-hidden">{t("column.actions")}</span>
          </th>
        </tr>
      </thead>
      <tbody>
        {alerts.map((alert) => (
          <tr key={alert.fingerprint}>
            <td>
              <Tag
                tone={stateTone(alert.state, alert.severity)}
                title={t(`alerts.severity.${alert.severity}`)}
              >
                {alert.state === "firing"
                  ? t(`alerts.severity.${alert.severity}`)
                  : t(`alerts.state.${alert.state}`)}
              </Tag>
            </td>
            <th scope="row" className="wide">
              <Link to="/alerts" search={{ rule: alert.rule }}>
                {alert.name}
              </Link>
              <span className={css.what} title={alert.detail}>
                {note(alert, silences)}
              </span>
            </th>
            <td>
              <Target alert={alert} />
            </td>
            <td className="right">
              <Num q={quantity(alert.value, alert.unit)} tone={tone(alert)} />{" "}
              <span className={css.limit}>
                {sign(alert.operator)} {plain(quantity(alert.threshold, alert.unit))}
              </span>
            </td>
            <td className="quiet">
              <Ago at={alert.since} />
            </td>
            <td>
              <div className={css.links}>
                <Links alert={alert} />
                {!alert.silencedBy && maySilence(alert.target.service) && (
                  <Button
                    size="compact-xs"
                    variant="default"
                    aria-label={t("alerts.silenceOf", {
                      name: alert.name,
                      target: targetWords(alert.target),
                    })}
                    onClick={() => onSilence(alert)}
                  >
                    {t("alerts.silence")}
                  </Button>
                )}
              </div>
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function note(alert: Alert, silences: Silence[]): string {
  const silence = silences.find(({ id }) => id === alert.silencedBy);
  return [
    silence && t("alerts.silencedBy", { author: silence.author, reason: silence.reason }),
    alert.noData && alert.state === "firing" && t("alerts.unseen"),
    alert.detail || alert.summary,
  ]
    .filter(Boolean)
    .join(" · ");
}

function tone({ state, severity }: Alert): "bad" | "warn" | "quiet" | undefined {
  if (state !== "firing") return "quiet";
  return severity === "critical" ? "bad" : "warn";
}

/** An edge on the map, a service, or the console itself. */
function Target({ alert: { target, kind } }: { alert: Alert }) {
  const words = targetWords(target);
  if (target.caller && target.service && kind !== "discovery_age")
    return (
      <Link to="/topology" search={{ select: `${target.caller}>${target.service}` }}>
        {words}
      </Link>
    );
  const service = target.service || target.caller;
  if (!service) return <Link to="/system">{words}</Link>;
  return (
    <Link to="/services/$service/$tab" params={{ service, tab: "overview" }}>
      {words}
    </Link>
  );
}

const OF_CALLS = ["error_share", "latency_p50", "latency_p99", "rate", "breaker_open"];

function Links({ alert: { kind, target, runbookUrl } }: { alert: Alert }) {
  const { service } = target;
  return (
    <>
      {service && OF_CALLS.includes(kind) && (
        <>
          <Link
            to="/traces"
            search={{
              service,
              status: kind === "error_share" || kind === "breaker_open" ? "error" : undefined,
            }}
          >
            {t("nav.traces")}
          </Link>
          <Link to="/metrics" search={{ service }}>
            {t("nav.metrics")}
          </Link>
        </>
      )}
      {isWebAddress(runbookUrl) && (
        <a href={runbookUrl} target="_blank" rel="noreferrer noopener">
          {t("alerts.runbook")}
        </a>
      )}
    </>
  );
}
