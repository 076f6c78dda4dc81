export interface Point {
  x: number;
  y: number;
}

/** x and y are the top left corner. */
export interface Box extends Point {
  width: number;
  height: number;
}

/** Two quadratic curves that meet half way between their control points. */
export interface Curve {
  start: Point;
  c1: Point;
  c2: Point;
  end: Point;
}

/** Edges bend near the caller, so that labels have a level piece of line at the callee. */
const BEND_AT = 0.26;
const LEVEL_FROM = 0.58;
const MIN_REACH = 34;

interface Ended {
  id: string;
  edge: { caller: string; callee: string };
}

/** Vertical offsets of edges from the middle of the box at one of their ends. */
export function portOffsets(
  edges: Ended[],
  boxes: Map<string, Box>,
  end: "caller" | "callee",
  other: "caller" | "callee",
  spacing: number,
): Map<string, number> {
  const offsets = new Map<string, number>();
  const byBox = new Map<string, Ended[]>();
  for (const edge of edges) {
    const mine = byBox.get(edge.edge[end]);
    if (mine) mine.push(edge);
    else byBox.set(edge.edge[end], [edge]);
  }
  for (const mine of byBox.values()) {
    mine.sort((a, b) => middleY(boxes.get(a.edge[other])) - middleY(boxes.get(b.edge[other])));
    mine.forEach((edge, index) => {
      offsets.set(edge.id, (index - (mine.length - 1) / 2) * spacing);
    });
  }
  return offsets;
}

const middleY = (box: Box | undefined) => (box ? box.y + box.height / 2 : 0);

/** From the right side of one box to the left side of the other. */
export function curveBetween(from: Box, to: Box, fromOffset: number, toOffset: number): Curve {
  const start = { x: from.x + from.width, y: middleY(from) + fromOffset };
  const end = { x: to.x, y: middleY(to) + toOffset };
  const across = Math.abs(end.x - start.x);
  const c1 = { x: start.x + Math.max(MIN_REACH, across * BEND_AT), y: start.y };
  const c2 = { x: end.x - Math.max(MIN_REACH, across * LEVEL_FROM), y: end.y };
  return { start, c1, c2, end };
}

const mix = (a: Point, b: Point, t: number): Point => ({
  x: a.x + (b.x - a.x) * t,
  y: a.y + (b.y - a.y) * t,
});

function quadratic(a: Point, control: Point, b: Point, t: number): Point {
  return mix(mix(a, control, t), mix(control, b, t), t);
}

/** The point at 0 (caller) to 1 (callee). */
export function pointAt({ start, c1, c2, end }: Curve, t: number): Point {
  const middle = mix(c1, c2, 0.5);
  return t < 0.5 ? quadratic(start, c1, middle, t * 2) : quadratic(middle, c2, end, t * 2 - 1);
}

/** Direction of travel at t, radians. */
export function angleAt(curve: Curve, t: number): number {
  const a = pointAt(curve, Math.max(0, t - 0.01));
  const b = pointAt(curve, Math.min(1, t + 0.01));
  return Math.atan2(b.y - a.y, b.x - a.x);
}

export function lengthOf(curve: Curve): number {
  let length = 0;
  let last = curve.start;
  for (let step = 1; step <= 16; step++) {
    const next = pointAt(curve, step / 16);
    length += Math.hypot(next.x - last.x, next.y - last.y);
    last = next;
  }
  return length;
}

/** The box around all four points, which holds the curve. */
export function boundsOf({ start, c1, c2, end }: Curve): Box {
  const x = Math.min(start.x, c1.x, c2.x, end.x);
  const y = Math.min(start.y, c1.y, c2.y, end.y);
  const width = Math.max(start.x, c1.x, c2.x, end.x) - x;
  const height = Math.max(start.y, c1.y, c2.y, end.y) - y;
  return { x, y, width, height };
}

const STRETCHES = 24;

/** From the point to the nearest stretch of the curve. */
export function distanceTo(curve: Curve, point: Point): number {
  let nearest = Number.POSITIVE_INFINITY;
  let from = curve.start;
  for (let step = 1; step <= STRETCHES; step++) {
    const to = pointAt(curve, step / STRETCHES);
    nearest = Math.min(nearest, distanceToStretch(point, from, to));
    from = to;
  }
  return nearest;
}

function distanceToStretch(point: Point, from: Point, to: Point): number {
  const dx = to.x - from.x;
  const dy = to.y - from.y;
  const along = ((point.x - from.x) * dx + (point.y - from.y) * dy) / (dx * dx + dy * dy || 1);
  const nearest = mix(from, to, Math.min(1, Math.max(0, along)));
  return Math.hypot(point.x - nearest.x, point.y - nearest.y);
}

/** The smallest box around all; undefined for none. */
export function around(boxes: readonly Box[]): Box | undefined {
  if (boxes.length === 0) return undefined;
  const x = Math.min(...boxes.map((box) => box.x));
  const y = Math.min(...boxes.map((box) => box.y));
  const right = Math.max(...boxes.map((box) => box.x + box.width));
  const bottom = Math.max(...boxes.map((box) => box.y + box.height));
  return { x, y, width: right - x, height: bottom - y };
}

export const overlaps = (a: Box, b: Box) =>
  a.x < b.x + b.width && b.x < a.x + a.width && a.y < b.y + b.height && b.y < a.y + a.height;
