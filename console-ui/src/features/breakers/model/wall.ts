import type { Breaker, BreakerState } from "@/lib/api/types";
import { isCovered, isLoud } from "@/lib/breakers";

export type Loudness = "bad" | "warn" | "forced" | "quiet";

export interface Wall {
  /** Not plainly closed: forced first, then open, then half-open. */
  loud: Breaker[];
  /** Closed and left alone, by called service. */
  quiet: Breaker[];
}

const ORDER: Record<BreakerState, number> = { OPEN: 0, HALF_OPEN: 1, DISABLED: 2, CLOSED: 3 };

export function loudness(b: Breaker): Loudness {
  if (b.forced) return "forced";
  if (b.computed === "OPEN") return "bad";
  return b.computed === "CLOSED" ? "quiet" : "warn";
}

export function wall(breakers: Breaker[]): Wall {
  return {
    loud: breakers.filter(isLoud).sort(bySeverity),
    quiet: breakers
      .filter((b) => !isLoud(b) && !isCovered(b))
      .sort((a, b) => a.service.localeCompare(b.service) || keyOf(a).localeCompare(keyOf(b))),
  };
}

function bySeverity(a: Breaker, b: Breaker): number {
  const forced = (x: Breaker) => (x.forced ? 0 : 1);
  return forced(a) - forced(b) || ORDER[a.computed] - ORDER[b.computed] || keyOf(a).localeCompare(keyOf(b));
}

export const keyOf = (b: Breaker) => [b.caller, b.service, b.method, b.instance].join("|");

export interface WallCounts {
  open: number;
  halfOpen: number;
  forced: number;
}

export function countLoud(breakers: Breaker[]): WallCounts {
  return {
    open: breakers.filter((b) => !b.forced && b.computed === "OPEN").length,
    halfOpen: breakers.filter((b) => !b.forced && b.computed === "HALF_OPEN").length,
    forced: breakers.filter((b) => b.forced && !isCovered(b)).length,
  };
}
