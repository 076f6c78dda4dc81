import type { PastMoment } from "@/lib/api/types";

export const SPEEDS = [1, 5, 20] as const;

/** Which of the moments is shown: the last one up to then; -1: none is that old; their number: now. */
export function indexOf(moments: PastMoment[], at: string | undefined): number {
  if (at === undefined) return moments.length;
  const then = Date.parse(at);
  return moments.findLastIndex((moment) => Date.parse(moment.at) <= then);
}

/** The moment of an index; undefined beyond the last: now. */
export const momentAt = (moments: PastMoment[], index: number): string | undefined =>
  moments[Math.max(0, index)]?.at;

/** Steps that a key means, besides those a slider knows by itself. */
export function stepsOf(key: string, shift: boolean, everySeconds: number): number | null {
  const minute = Math.max(1, Math.round(60 / everySeconds));
  const size = shift ? minute : 1;
  if (key === "ArrowLeft" || key === "ArrowDown") return -size;
  if (key === "ArrowRight" || key === "ArrowUp") return size;
  if (key === "PageDown") return -minute;
  if (key === "PageUp") return minute;
  return null;
}

/** A bar of the time line: its height by the rate, what of it failed. */
export interface TimeBarColumn {
  at: string;
  height: number;
  failed: number;
  trouble: boolean;
}

export function columnsOf(moments: PastMoment[]): TimeBarColumn[] {
  const most = Math.max(1e-9, ...moments.map(({ rate }) => rate));
  return moments.map(({ at, rate, errorShare, notUp, breakers }) => ({
    at,
    height: rate / most,
    // One failure in a hundred must be seen: by the square root.
    failed: errorShare === 0 ? 0 : Math.max(0.12, Math.sqrt(errorShare)),
    trouble: notUp > 0 || breakers > 0,
  }));
}
