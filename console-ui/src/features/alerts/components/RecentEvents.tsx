import { Ago } from "@/components/ui/Ago";
import { Num } from "@/components/ui/Num";
import { Panel } from "@/components/ui/Panel";
import { Empty } from "@/components/ui/States";
import { Tag } from "@/components/ui/Tag";
import { quantity, stateTone, targetWords } from "@/lib/alerts";
import type { AlertEvent } from "@/lib/api/types";
import { t } from "@/lib/i18n";

const SHOWN = 20;

/** What began and ceased to fire, newest first. */
export function RecentEvents({ events }: { events: AlertEvent[] }) {
  return (
    <Panel title={t("alerts.recent")} hint={t("alerts.recentHint")} flush>
      {events.length === 0 ? (
        <Empty title={t("alerts.noEvents")}>{t("alerts.noEventsHint")}</Empty>
      ) : (
        <table className="grid">
          <thead>
            <tr>
              <th scope="col">{t("column.when")}</th>
              <th scope="col">{t("alerts.state")}</th>
              <th scope="col" className="wide">
                {t("alerts.alert")}
              </th>
              <th scope="col" className="right">
                {t("alerts.value")}
              </th>
            </tr>
          </thead>
          <tbody>
            {events.slice(0, SHOWN).map((event) => (
              <tr key={`${event.at} ${event.fingerprint} ${event.state}`}>
                <td className="quiet">
                  <Ago at={event.at} />
                </td>
                <td>
                  <Tag tone={stateTone(event.state, event.severity)}>{t(`alerts.state.${event.state}`)}</Tag>
                </td>
                <td className="wide" title={event.detail}>
                  {event.name} · {targetWords(event.target)}
                </td>
                <td className="right">
                  <Num q={quantity(event.value, event.unit)} />
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </Panel>
  );
}
