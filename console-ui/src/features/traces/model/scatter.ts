import type { TraceSummary } from "@/lib/api/types";

export interface Dot {
  traceId: string;
  x: number;
  y: number;
  radius: number;
  failed: boolean;
}

const LEFT = 56;
const MARGIN = 12;

/** Places traces by start time and, on a log scale, duration; ticks stand at powers of ten. */
export function scatterDots(
  traces: TraceSummary[],
  size: { widthPx: number; heightPx: number },
): { dots: Dot[]; ticks: { millis: number; y: number }[] } {
  if (traces.length === 0) return { dots: [], ticks: [] };
  const times = traces.map((trace) => Date.parse(trace.startedAt));
  const logs = traces.map((trace) => Math.log10(Math.max(trace.durationMillis, 0.01)));
  const [from, to] = spread(times, 1);
  const low = Math.floor(Math.min(...logs));
  const high = Math.max(Math.ceil(Math.max(...logs)), low + 1);
  const x = (time: number) => LEFT + ((time - from) / (to - from)) * (size.widthPx - LEFT - MARGIN);
  const y = (log: number) =>
    size.heightPx - MARGIN - ((log - low) / (high - low)) * (size.heightPx - 2 * MARGIN);
  const dots = traces.map((trace, i) => ({
    traceId: trace.traceId,
    x: x(times[i] ?? from),
    y: y(logs[i] ?? low),
    radius: Math.min(2.5 + Math.log2(Math.max(trace.spans, 1)) / 3, 6),
    failed: trace.errors > 0,
  }));
  const ticks = [];
  for (let power = low; power <= high; power++) ticks.push({ millis: 10 ** power, y: y(power) });
  return { dots, ticks };
}

function spread(values: number[], least: number): [number, number] {
  const low = Math.min(...values);
  return [low, Math.max(Math.max(...values), low + least)];
}
