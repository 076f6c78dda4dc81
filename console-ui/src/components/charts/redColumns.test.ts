import { describe, expect, it } from "vitest";
import type { RedPoint } from "@/lib/api/types";
import { busiest, redColumns } from "./redColumns";

const point = (calls: number, errorShare: number): RedPoint => ({
  at: "2026-01-01T00:00:10Z",
  calls,
  errors: 0,
  rate: calls / 10,
  errorShare,
  p50Millis: calls ? 1 : null,
  p90Millis: null,
  p99Millis: null,
});

describe("redColumns", () => {
  it("has no error share and no latency where there were no calls", () => {
    const columns = redColumns([point(0, 0), point(10, 0.5)]);
    expect(columns.errors).toEqual([null, 50]);
    expect(columns.p50).toEqual([null, 1]);
    expect(columns.at[0]).toBe(Date.parse("2026-01-01T00:00:10Z") / 1000);
  });

  it("finds the series with most calls", () => {
    const few = { points: [point(1, 0)] };
    const many = { points: [point(5, 0)] };
    expect(busiest([few, many])).toBe(many);
    expect(busiest([])).toBeUndefined();
  });
});
