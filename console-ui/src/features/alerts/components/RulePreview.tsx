import { Button } from "@mantine/core";
import { useMutation } from "@tanstack/react-query";
import { ErrorNote } from "@/components/ui/States";
import { quantity, targetWords } from "@/lib/alerts";
import { previewRule } from "@/lib/api/alerts";
import type { AlertPreview, AlertRule } from "@/lib/api/types";
import { plain } from "@/lib/format/quantity";
import { t } from "@/lib/i18n";
import css from "./AlertsPage.module.css";

/** What the draft would find now; how long it has to hold is left aside. */
export function RulePreview({ rule, ready }: { rule: AlertRule; ready: boolean }) {
  const preview = useMutation({ mutationFn: () => previewRule({ ...rule, id: rule.id || "draft" }) });
  return (
    <section className={css.preview} aria-label={t("alerts.preview")}>
      <div className={css.line}>
        <span role="status">{preview.data ? words(preview.data) : t("alerts.previewHint")}</span>
        <Button
          className={css.push}
          size="compact-xs"
          variant="default"
          disabled={!ready}
          loading={preview.isPending}
          onClick={() => preview.mutate()}
        >
          {t("alerts.preview")}
        </Button>
      </div>
      {preview.data && <Targets preview={preview.data} />}
      {preview.error && <ErrorNote error={preview.error} />}
    </section>
  );
}

function words({ targets, detail }: AlertPreview): string {
  if (detail) return t("alerts.previewBlind", { detail });
  return t("alerts.previewFound", { n: targets.filter(({ holds }) => holds).length, of: targets.length });
}

function Targets({ preview: { targets, more, rule } }: { preview: AlertPreview }) {
  return (
    <ul>
      {targets.map(({ target, value, holds, detail }) => (
        <li key={targetWords(target)} className={css.line}>
          <span>{targetWords(target)}</span>
          <span className={css.detail}>{detail}</span>
          <span className={css.push}>
            {value === null ? t("alerts.state.no_data") : plain(quantity(value, rule.condition.unit))}
            {holds && ` · ${t("alerts.holds")}`}
          </span>
        </li>
      ))}
      {more > 0 && <li className={css.detail}>{t("topology.more", { n: more })}</li>}
    </ul>
  );
}
