import { describe, expect, it } from "vitest";
import type { GrafanaState } from "@/lib/api/types";
import { metricsSearch } from "../search";
import { dashboardUrl, grafanaBase } from "./dashboardUrl";

const GRAFANA: GrafanaState = {
  url: null,
  port: 8081,
  path: "/",
  up: true,
  detail: "",
  version: null,
  checkedAt: null,
  dashboards: [],
};
const SERVICE = { uid: "clearspan-service", title: "Service", variables: ["job", "service", "method"] };

describe("grafanaBase", () => {
  it("keeps the name by which the browser knows the console", () => {
    expect(grafanaBase(GRAFANA, { protocol: "http:", hostname: "localhost" })).toBe("http://localhost:8081/");
    const sub = { ...GRAFANA, path: "/grafana/" };
    expect(grafanaBase(sub, { protocol: "http:", hostname: "10.0.0.7" })).toBe(
      "http://10.0.0.7:8081/grafana/",
    );
  });

  it("takes the public address where the page has its host", () => {
    const behind = { ...GRAFANA, url: "https://ops.example:8443/" };
    expect(grafanaBase(behind, { protocol: "https:", hostname: "ops.example" })).toBe(
      "https://ops.example:8443/",
    );
    expect(grafanaBase(behind, { protocol: "http:", hostname: "127.0.0.1" })).toBe("http://127.0.0.1:8081/");
  });
});

describe("dashboardUrl", () => {
  it("keeps Grafana's sub-path and sets theme, time and every variable", () => {
    const view = { theme: "dark", range: "1h", service: "payments" } as const;
    const url = new URL(dashboardUrl("https://ops.example:8443/grafana/", SERVICE, view));
    expect(url.origin + url.pathname).toBe("https://ops.example:8443/grafana/d/clearspan-service");
    expect(Object.fromEntries(url.searchParams)).toEqual({
      orgId: "1",
      kiosk: "1",
      "_dash.hideTimePicker": "true",
      theme: "dark",
      timezone: "browser",
      refresh: "10s",
      from: "now-1h",
      to: "now",
      "var-job": "$__all",
      "var-service": "payments",
      "var-method": "$__all",
    });
  });

  it("asks for all services when none is chosen", () => {
    const view = { theme: "light", range: "15m", service: undefined } as const;
    const url = new URL(dashboardUrl("http://127.0.0.1:8081/", SERVICE, view));
    expect(url.searchParams.get("var-service")).toBe("$__all");
  });
});

describe("metricsSearch", () => {
  it("drops what is not a grouping, a range or a dashboard id", () => {
    expect(metricsSearch({ service: "payments", by: "colour", dashboard: "../admin", range: "9y" })).toEqual({
      service: "payments",
      by: undefined,
      dashboard: undefined,
      range: undefined,
    });
    expect(metricsSearch({ range: "6h" }).range).toBe("6h");
  });
});
