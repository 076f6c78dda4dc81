import type { RedPoint } from "@/lib/api/types";

/** Points as uPlot wants them: one array per line, x in epoch seconds. */
export interface RedColumns {
  at: number[];
  rate: number[];
  errors: (number | null)[];
  p50: (number | null)[];
  p90: (number | null)[];
  p99: (number | null)[];
}

export function redColumns(points: RedPoint[]): RedColumns {
  return {
    at: points.map((p) => Date.parse(p.at) / 1000),
    rate: points.map((p) => p.rate),
    errors: points.map((p) => (p.calls ? p.errorShare * 100 : null)),
    p50: points.map((p) => p.p50Millis),
    p90: points.map((p) => p.p90Millis),
    p99: points.map((p) => p.p99Millis),
  };
}

/** Rates add up over series; latencies do not, so the busiest series speaks for them. */
export function busiest<T extends { points: RedPoint[] }>(series: T[]): T | undefined {
  const calls = (s: T) => s.points.reduce((sum, p) => sum + p.calls, 0);
  return series.reduce<T | undefined>((best, s) => (!best || calls(s) > calls(best) ? s : best), undefined);
}
