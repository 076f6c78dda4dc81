export const GROUPINGS = ["service", "method", "caller", "instance"] as const;
export type Grouping = (typeof GROUPINGS)[number];

export const RANGES = ["15m", "1h", "6h", "24h", "7d"] as const;
export type Range = (typeof RANGES)[number];

export const MINUTES: Record<Range, number> = {
  "15m": 15,
  "1h": 60,
  "6h": 360,
  "24h": 1_440,
  "7d": 10_080,
};

/** The ranges that a store can show which is asked that far back. */
export const rangesWithin = (reachSeconds: number) =>
  RANGES.filter((range) => MINUTES[range] * 60 <= reachSeconds);

export interface MetricsSearch {
  service?: string | undefined;
  /** What each row of charts stands for; a service alone is shown by method. */
  by?: Grouping | undefined;
  /** uid of the Grafana dashboard shown instead of our own charts. */
  dashboard?: string | undefined;
  /** How far back; our own charts no further than the metric store is asked. */
  range?: Range | undefined;
}

export function metricsSearch(raw: Record<string, unknown>): MetricsSearch {
  return {
    service: typeof raw.service === "string" && raw.service ? raw.service : undefined,
    by: GROUPINGS.find((grouping) => grouping === raw.by),
    range: RANGES.find((range) => range === raw.range),
    dashboard:
      typeof raw.dashboard === "string" && /^[\w-]{1,40}$/.test(raw.dashboard) ? raw.dashboard : undefined,
  };
}
