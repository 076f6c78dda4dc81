import type { LogLine, Severity, Trace } from "@/lib/api/types";
import type { Row } from "./rows";

export const SEVERITIES: Severity[] = ["TRACE", "DEBUG", "INFO", "WARN", "ERROR", "FATAL"];

/** A log line in its trace. */
export interface PlacedLine {
  key: string;
  line: LogLine;
  /** After the trace's start, as the process that logged it tells the time. */
  offsetMicros: number;
  /** The row within which it was logged; null when that span is not in the trace. */
  rowId: string | null;
}

export type Loudness = "quiet" | "warn" | "bad";

export function loudness({ severity }: LogLine): Loudness {
  if (severity === "ERROR" || severity === "FATAL") return "bad";
  return severity === "WARN" ? "warn" : "quiet";
}

/** Each line with its row: a row stands for the span of the caller and for that of the server. */
export function placeLines(logs: LogLine[], roots: Row[], trace: Trace): PlacedLine[] {
  const rowOf = new Map<string, string>();
  const work = [...roots];
  for (let row = work.pop(); row; row = work.pop()) {
    rowOf.set(row.span.spanId, row.id);
    if (row.server) rowOf.set(row.server.spanId, row.id);
    work.push(...row.children);
  }
  return logs.map((line, index) => ({
    key: `${index} ${line.at}`,
    line,
    offsetMicros: microsOf(line.at) - trace.startEpochMicros,
    rowId: (line.spanId && rowOf.get(line.spanId)) || null,
  }));
}

/** Epoch microseconds: Date knows milliseconds only. */
function microsOf(iso: string): number {
  const millis = Date.parse(iso);
  const fraction = /\.\d{3}(\d{1,3})/.exec(iso)?.[1] ?? "";
  return millis * 1_000 + Number(fraction.padEnd(3, "0") || 0);
}

/** Lines at least as severe, with the text in what they say or who says it. */
export function filterLines(lines: PlacedLine[], least: Severity | undefined, text: string): PlacedLine[] {
  const from = least ? SEVERITIES.indexOf(least) : -1;
  const wanted = text.trim().toLowerCase();
  return lines.filter(
    ({ line }) =>
      (from < 0 || SEVERITIES.indexOf(line.severity as Severity) >= from) &&
      (!wanted || `${line.body} ${line.logger} ${line.service}`.toLowerCase().includes(wanted)),
  );
}

export interface LogMark {
  offsetMicros: number;
  loudness: Loudness;
}

/** Where on which row something was logged. */
export function marksOf(lines: PlacedLine[]): Map<string, LogMark[]> {
  const marks = new Map<string, LogMark[]>();
  for (const { line, offsetMicros, rowId } of lines) {
    if (!rowId) continue;
    const mark = { offsetMicros, loudness: loudness(line) };
    const known = marks.get(rowId);
    if (known) known.push(mark);
    else marks.set(rowId, [mark]);
  }
  return marks;
}
