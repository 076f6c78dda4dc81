import { Icon } from "@/components/ui/Icon";
import type { GrafanaState } from "@/lib/api/types";
import { t } from "@/lib/i18n";
import css from "./MetricsPage.module.css";

/** Says that Grafana cannot be shown, and why; the console's own charts follow. */
export function GrafanaAway({ grafana }: { grafana: GrafanaState }) {
  return (
    <div className={css.away} role="status">
      <Icon name="warn" size={16} />
      <div>
        <p className={css.awayTitle}>{t("metrics.grafanaAway")}</p>
        <p className={css.awayText}>{grafana.detail}</p>
      </div>
    </div>
  );
}
