import { describe, expect, it } from "vitest";
import type { TraceSummary } from "@/lib/api/types";
import { scatterOf } from "./scatter";

const SIZE = { widthPx: 1068, heightPx: 140 };

const trace = (startedAt: string, durationMillis: number, errors = 0): TraceSummary => ({
  traceId: startedAt,
  rootService: "orders",
  rootMethod: "shop.Orders/Place",
  startedAt,
  durationMillis,
  spans: 4,
  errors,
  services: ["orders"],
  status: "OK",
  partial: false,
  firstError: null,
});

const TRACES = [
  trace("2026-01-01T10:00:00.000Z", 1),
  trace("2026-01-01T10:00:10.000Z", 10, 1),
  trace("2026-01-01T10:00:20.000Z", 100),
];

describe("scatterOf", () => {
  it("places time evenly and duration by its power of ten", () => {
    const { dots, ticks } = scatterOf(TRACES, SIZE);
    expect(dots.map(({ x }) => x)).toEqual([56, 556, 1056]);
    expect(dots.map(({ y }) => y)).toEqual([112, 62, 12]);
    expect(dots.map(({ failed }) => failed)).toEqual([false, true, false]);
    expect(ticks.map(({ millis }) => millis)).toEqual([1, 10, 100]);
  });

  it("names round moments that have room", () => {
    const { moments } = scatterOf(TRACES, SIZE);
    expect(moments.map(({ at }) => new Date(at).toISOString().slice(17, 19))).toEqual([
      "00",
      "05",
      "10",
      "15",
      "20",
    ]);
    expect(moments.map(({ x }) => x)).toEqual([56, 306, 556, 806, 1056]);
  });

  it("reads the same scales back from a rectangle", () => {
    const { under } = scatterOf(TRACES, SIZE);
    const { from, to, minMillis, maxMillis } = under({ left: 306, top: 37, width: 500, height: 50 });
    expect(from).toBe("2026-01-01T10:00:05.000Z");
    expect(Date.parse(to) - Date.parse(from)).toBe(10_001);
    expect(minMillis).toBeCloseTo(3.16, 2);
    expect(maxMillis).toBeCloseTo(31.6, 1);
  });

  it("needs no spread of its own", () => {
    const { dots } = scatterOf(TRACES.slice(0, 1), SIZE);
    expect(dots).toHaveLength(1);
    expect(Number.isFinite(dots[0]?.x)).toBe(true);
  });
});
