import type { Scheme } from "@/lib/theme/scheme";

/** Where Grafana shows a dashboard without its own frame; every variable is set, or it falls back to all. */
export function dashboardUrl(base: string, uid: string, theme: Scheme, service: string | undefined): string {
  const url = new URL(`d/${encodeURIComponent(uid)}`, base.endsWith("/") ? base : `${base}/`);
  const parameters = { orgId: "1", kiosk: "", theme, refresh: "10s", from: "now-15m", to: "now" };
  for (const [name, value] of Object.entries(parameters)) url.searchParams.set(name, value);
  url.searchParams.set("var-service", service ?? "$__all");
  return url.toString();
}
