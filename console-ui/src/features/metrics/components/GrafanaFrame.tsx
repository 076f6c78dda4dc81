import { useSyncExternalStore } from "react";
import type { GrafanaState } from "@/lib/api/types";
import { t } from "@/lib/i18n";
import { currentScheme, subscribeScheme } from "@/lib/theme/scheme";
import { dashboardUrl, grafanaBase } from "../model/dashboardUrl";
import type { Range } from "../search";
import css from "./MetricsPage.module.css";

interface GrafanaFrameProps {
  grafana: GrafanaState;
  dashboard: GrafanaState["dashboards"][number];
  service: string | undefined;
  range: Range;
}

/** A Grafana dashboard inside the page, in the console's theme, for the chosen service and time. */
export function GrafanaFrame({ grafana, dashboard, service, range }: GrafanaFrameProps) {
  const theme = useSyncExternalStore(subscribeScheme, currentScheme);
  const url = dashboardUrl(grafanaBase(grafana, window.location), dashboard, { theme, range, service });
  return (
    <>
      <iframe className={css.frame} src={url} title={t("metrics.grafana", { title: dashboard.title })} />
      <p className={css.grafanaHint}>
        {t("metrics.grafanaHint")}{" "}
        <a href={url} target="_blank" rel="noreferrer">
          {t("metrics.grafanaOpen")}
        </a>
      </p>
    </>
  );
}
