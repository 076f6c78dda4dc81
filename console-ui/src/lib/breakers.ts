import type { Breaker } from "./api/types";

/** Held only because its whole edge is: the row of the edge says so, and is where it is lifted. */
export function isCovered({ method, instance, computed, forcedBy }: Breaker): boolean {
  const named = method !== "" || instance !== "";
  return named && computed === "CLOSED" && forcedBy !== null && !forcedBy.method && !forcedBy.instance;
}

/** Not plainly closed: somebody has to know. */
export const isLoud = (b: Breaker) => (b.forced !== null || b.computed !== "CLOSED") && !isCovered(b);
