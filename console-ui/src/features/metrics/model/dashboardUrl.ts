import type { GrafanaState } from "@/lib/api/types";
import type { Scheme } from "@/lib/theme/scheme";
import type { Range } from "../search";

interface Place {
  protocol: string;
  hostname: string;
}

interface View {
  theme: Scheme;
  range: Range;
  service: string | undefined;
}

/** Where this browser reaches Grafana: by the host name it uses for the console, so that its session counts. */
export function grafanaBase(grafana: GrafanaState, page: Place): string {
  if (grafana.url && new URL(grafana.url).hostname === page.hostname) return grafana.url;
  return `${page.protocol}//${page.hostname}:${grafana.port}${grafana.path}`;
}

/** Where Grafana shows a dashboard without its own frame; a variable that is not set would be anything. */
export function dashboardUrl(
  base: string,
  dashboard: GrafanaState["dashboards"][number],
  view: View,
): string {
  const url = new URL(`d/${encodeURIComponent(dashboard.uid)}`, base);
  const parameters: Record<string, string> = {
    orgId: "1",
    kiosk: "1",
    "_dash.hideTimePicker": "true",
    theme: view.theme,
    timezone: "browser",
    refresh: "10s",
    from: `now-${view.range}`,
    to: "now",
  };
  for (const name of dashboard.variables) parameters[`var-${name}`] = "$__all";
  if (view.service && dashboard.variables.includes("service")) parameters["var-service"] = view.service;
  for (const [name, value] of Object.entries(parameters)) url.searchParams.set(name, value);
  return url.toString();
}
