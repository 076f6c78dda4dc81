import type { Interval, Row } from "./rows";

/**
 * The stretches of each row during which the whole trace waited for it: from the end backwards, the
 * child that finished last is what its parent waited for, then the one that finished last before
 * that child began, and so on. Keyed by row id.
 */
export function criticalPath(roots: Row[]): Map<string, Interval[]> {
  const path = new Map<string, Interval[]>();
  const last = roots.reduce<Row | null>(
    (best, row) => (best === null || row.endMicros > best.endMicros ? row : best),
    null,
  );
  const work = last ? [{ row: last, from: last.startMicros, to: last.endMicros }] : [];
  for (let next = work.pop(); next; next = work.pop()) work.push(...walk(next, path));
  return path;
}

interface Stretch {
  row: Row;
  from: number;
  to: number;
}

/** Notes when the row itself was waited for, and returns the children waited for in between. */
function walk({ row, from, to }: Stretch, path: Map<string, Interval[]>): Stretch[] {
  const own: Interval[] = [];
  const waitedFor: Stretch[] = [];
  const children = row.children
    .map((child) => ({
      row: child,
      from: Math.max(child.startMicros, from),
      to: Math.min(child.endMicros, to),
    }))
    .filter((stretch) => stretch.to > stretch.from)
    .sort((a, b) => b.to - a.to);
  let cursor = to;
  for (const child of children) {
    if (child.to > cursor) continue; // ran beside one that finished later
    if (child.to < cursor) own.push({ startMicros: child.to, endMicros: cursor });
    waitedFor.push(child);
    cursor = child.from;
  }
  if (cursor > from) own.push({ startMicros: from, endMicros: cursor });
  path.set(row.id, own.reverse());
  return waitedFor;
}
