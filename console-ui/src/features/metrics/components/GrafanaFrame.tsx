import { useSyncExternalStore } from "react";
import type { SystemState } from "@/lib/api/types";
import { t } from "@/lib/i18n";
import { currentScheme, subscribeScheme } from "@/lib/theme/scheme";
import { dashboardUrl } from "../model/dashboardUrl";
import css from "./MetricsPage.module.css";

type Grafana = NonNullable<SystemState["grafana"]>;

interface GrafanaFrameProps {
  grafana: Grafana;
  dashboard: Grafana["dashboards"][number];
  service: string | undefined;
}

/** A Grafana dashboard inside the page, in the console's theme and for the chosen service. */
export function GrafanaFrame({ grafana, dashboard, service }: GrafanaFrameProps) {
  const scheme = useSyncExternalStore(subscribeScheme, currentScheme);
  const url = dashboardUrl(grafana.url, dashboard.uid, scheme, service);
  return (
    <>
      <p className={css.grafanaHint}>
        {t("metrics.grafanaHint")}{" "}
        <a href={url} target="_blank" rel="noreferrer">
          {t("metrics.grafanaOpen")}
        </a>
      </p>
      <iframe className={css.frame} src={url} title={t("metrics.grafana", { title: dashboard.title })} />
    </>
  );
}
