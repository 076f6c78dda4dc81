import { Button } from "@mantine/core";
import { Panel } from "@/components/ui/Panel";
import { ErrorNote } from "@/components/ui/States";
import { endSilence } from "@/lib/api/alerts";
import type { Silence } from "@/lib/api/types";
import { until } from "@/lib/format/time";
import { t } from "@/lib/i18n";
import { useNow } from "@/lib/useNow";
import css from "./AlertsPage.module.css";
import { useAlertChange } from "./useAlertChange";

interface SilencesPanelProps {
  silences: Silence[];
  may: (service: string) => boolean;
  onAdd: () => void;
}

/** Who wants to hear nothing of what, and until when. */
export function SilencesPanel({ silences, may, onAdd }: SilencesPanelProps) {
  return (
    <Panel
      title={t("alerts.silences")}
      hint={t("alerts.silencesHint")}
      actions={
        may("") && (
          <Button size="compact-xs" variant="default" onClick={onAdd}>
            {t("alerts.addSilence")}
          </Button>
        )
      }
    >
      {silences.length === 0 ? (
        <p className={css.detail}>{t("alerts.noSilences")}</p>
      ) : (
        <ul className={css.list}>
          {silences.map((silence) => (
            <Row key={silence.id} silence={silence} may={may(silence.service)} />
          ))}
        </ul>
      )}
    </Panel>
  );
}

function Row({ silence, may }: { silence: Silence; may: boolean }) {
  const now = useNow();
  const change = useAlertChange(
    () => endSilence(silence.id, t("alerts.endedReason")),
    () => {},
  );
  const what = [silence.rule || t("alerts.anyRule"), silence.service || t("audit.anyService")].join(" · ");
  return (
    <li>
      <div className={css.line}>
        <span>{what}</span>
        <span className={`${css.detail} ${css.push}`}>
          {t("keep.left", { span: until(silence.until, now) })}
        </span>
        {may && (
          <Button
            size="compact-xs"
            variant="default"
            loading={change.isPending}
            aria-label={t("alerts.endOf", { what })}
            onClick={() => change.mutate()}
          >
            {t("alerts.end")}
          </Button>
        )}
      </div>
      <p className={css.detail}>
        {silence.author} · {silence.reason}
      </p>
      {change.error && <ErrorNote error={change.error} />}
    </li>
  );
}
