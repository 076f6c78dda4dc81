import type { TraceSummary } from "@/lib/api/types";

export interface Dot {
  traceId: string;
  x: number;
  y: number;
  radius: number;
  failed: boolean;
}

export interface Size {
  widthPx: number;
  heightPx: number;
}

/** A rectangle on the picture, in pixels. */
export interface Box {
  left: number;
  top: number;
  width: number;
  height: number;
}

/** What a rectangle stands for. */
export interface Stretch {
  from: string;
  to: string;
  minMillis: number;
  maxMillis: number;
}

export interface Scatter {
  dots: Dot[];
  ticks: { millis: number; y: number }[];
  /** Round moments below the dots, epoch ms. */
  moments: { at: number; x: number }[];
  /** The times and durations under a rectangle. */
  under: (box: Box) => Stretch;
}

const LEFT = 56;
const MARGIN = 12;
/** Room for the times. */
const BOTTOM = 28;
/** Between two moments at least, px. */
const APART = 120;
const STEPS_SECONDS = [
  1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 900, 1_800, 3_600, 7_200, 21_600, 43_200, 86_400,
];
const SHORTEST_MILLIS = 0.01;

/** Places traces by start time and, on a log scale, duration; ticks stand at powers of ten. */
export function scatterOf(traces: TraceSummary[], size: Size): Scatter {
  const times = traces.map((trace) => Date.parse(trace.startedAt));
  const logs = traces.map((trace) => Math.log10(Math.max(trace.durationMillis, SHORTEST_MILLIS)));
  const [from, to] = spread(times, 1);
  const low = Math.floor(Math.min(...logs));
  const high = Math.max(Math.ceil(Math.max(...logs)), low + 1);
  const across = size.widthPx - LEFT - MARGIN;
  const up = size.heightPx - MARGIN - BOTTOM;
  const x = (time: number) => LEFT + ((time - from) / (to - from)) * across;
  const y = (log: number) => size.heightPx - BOTTOM - ((log - low) / (high - low)) * up;
  const timeAt = (px: number) => from + ((px - LEFT) / across) * (to - from);
  const millisAt = (px: number) => 10 ** (low + ((size.heightPx - BOTTOM - px) / up) * (high - low));
  const dots = traces.map((trace, i) => ({
    traceId: trace.traceId,
    x: x(times[i] ?? from),
    y: y(logs[i] ?? low),
    radius: Math.min(2.5 + Math.log2(Math.max(trace.spans, 1)) / 3, 6),
    failed: trace.errors > 0,
  }));
  const ticks = [];
  for (let power = low; power <= high; power++) ticks.push({ millis: 10 ** power, y: y(power) });
  const under = ({ left, top, width, height }: Box) => ({
    from: new Date(Math.floor(timeAt(left))).toISOString(),
    to: new Date(Math.ceil(timeAt(left + width)) + 1).toISOString(),
    minMillis: round(millisAt(top + height)),
    maxMillis: round(millisAt(top)),
  });
  const moments = roundTimes(from, to, across / APART).map((at) => ({ at, x: x(at) }));
  return { dots, ticks, moments, under };
}

/** At most so many whole steps of a clock between two times. */
function roundTimes(from: number, to: number, most: number): number[] {
  const day = STEPS_SECONDS.at(-1) ?? 1;
  const step = 1_000 * (STEPS_SECONDS.find((seconds) => (to - from) / 1_000 / seconds <= most) ?? day);
  const times = [];
  for (let at = Math.ceil(from / step) * step; at <= to && times.length <= most; at += step) times.push(at);
  return times;
}

/** Three digits are as exact as a hand is. */
const round = (millis: number) => Number(millis.toPrecision(3));

function spread(values: number[], least: number): [number, number] {
  const low = Math.min(...values);
  return [low, Math.max(Math.max(...values), low + least)];
}
