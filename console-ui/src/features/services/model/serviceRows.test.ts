import { describe, expect, it } from "vitest";
import type { ServiceSummary } from "@/lib/api/types";
import { red, service, topology } from "@/testing/fixtures";
import { serviceRows } from "./serviceRows";

const summary = (name: string, more: Partial<ServiceSummary> = {}): ServiceSummary => ({
  service: name,
  health: "ok",
  red: red(10),
  instances: { up: 3, draining: 0, gone: 0, total: 3 },
  methods: 2,
  callers: [],
  callees: [],
  ...more,
});

describe("serviceRows", () => {
  it("puts the worst first, then by traffic, from the freshest source", () => {
    const live = topology([service("b", { red: red(900) }), service("c", { health: "bad" })], []);
    const rows = serviceRows([summary("a"), summary("b"), summary("c")], live);
    expect(rows.map((r) => r.service)).toEqual(["c", "b", "a"]);
    expect(rows[1]?.red.rate).toBe(900);
  });

  it("says how many are up, and which are missing", () => {
    const [row] = serviceRows(
      [summary("a", { instances: { up: 1, draining: 1, gone: 1, total: 3 } })],
      undefined,
    );
    expect(row?.instanceWords).toBe("1 of 3 up, 1 draining, 1 gone");
    expect(row?.missing).toBe(true);
  });
});
