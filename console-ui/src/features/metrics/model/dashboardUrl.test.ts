import { describe, expect, it } from "vitest";
import { metricsSearch } from "../search";
import { dashboardUrl } from "./dashboardUrl";

describe("dashboardUrl", () => {
  it("keeps Grafana's sub-path and sets theme, time and service", () => {
    const url = new URL(dashboardUrl("https://ops.example/grafana", "clearspan-service", "dark", "payments"));
    expect(url.pathname).toBe("/grafana/d/clearspan-service");
    expect(url.searchParams.get("theme")).toBe("dark");
    expect(url.searchParams.get("var-service")).toBe("payments");
    expect(url.searchParams.get("from")).toBe("now-15m");
  });

  it("asks for all services when none is chosen", () => {
    expect(
      new URL(dashboardUrl("http://127.0.0.1:3000/", "x", "light", undefined)).searchParams.get(
        "var-service",
      ),
    ).toBe("$__all");
  });
});

describe("metricsSearch", () => {
  it("drops what is not a grouping or a dashboard id", () => {
    expect(metricsSearch({ service: "payments", by: "colour", dashboard: "../admin" })).toEqual({
      service: "payments",
      by: undefined,
      dashboard: undefined,
    });
  });
});
