import type { Span, Trace } from "@/lib/api/types";

// One row of the waterfall is one call as a person thinks of it: the caller's CLIENT span with the
// SERVER span that answered it inside the same bar, so that what is left and right of the server's
// part is the network. A call that was tried more than once is a row with one child per attempt.

export type RowKind = "call" | "retried" | "attempt" | "served" | "internal";
export type RowState = "ok" | "error" | "refused" | "cancelled";

/** A stretch of time, in microseconds after the trace's start. */
export interface Interval {
  startMicros: number;
  endMicros: number;
}

/** What the server did inside a call's bar. */
export interface ServedPart extends Interval {
  /** Waiting for a handler, from the start; 0 when unknown. */
  queueMicros: number;
  /** The server's clock differed, so its part was moved into the caller's bar. */
  clockAdjusted: boolean;
}

export interface Row extends Interval {
  id: string;
  kind: RowKind;
  state: RowState;
  depth: number;
  /** The service that does the work: the callee of a call. */
  service: string;
  /** The calling service; null for rows that are not calls. */
  caller: string | null;
  method: string;
  /** Status code name, such as UNAVAILABLE. */
  status: string;
  message: string;
  errorType: string | null;
  peer: string | null;
  /** 1.. for an attempt. */
  attempt: number | null;
  /** Attempts made by a call; 0 when it was refused before any. */
  attempts: number | null;
  served: ServedPart | null;
  /** The span this row stands for. */
  span: Span;
  /** The span of the server that answered, when the row is a call. */
  server: Span | null;
  parent: Row | null;
  children: Row[];
  /** Rows below this one that failed. */
  errorsBelow: number;
  /** The caller's or parent's span is not in the trace. */
  orphan: boolean;
}

const text = (span: Span, key: string): string | null => {
  const value = span.attributes[key];
  return value === undefined ? null : String(value);
};

/** Editions of OpenTelemetry's conventions name it differently. */
const statusCode = (span: Span): string | null =>
  text(span, "rpc.response.status_code") ?? text(span, "rpc.status_code");

const number = (span: Span, key: string): number | null => {
  const value = span.attributes[key];
  return typeof value === "number" ? value : null;
};

const end = (span: Span): number => span.startOffsetMicros + span.durationMicros;

/** All rows of a trace as trees, roots and siblings by start time. */
export function buildRows(trace: Trace): Row[] {
  const index = new SpanIndex(trace.spans);
  const placed = new Set<string>();
  const rows: Row[] = [];
  // A work list instead of recursion: a hostile trace may be ten thousand spans deep.
  const work: Placement[] = index.roots().map((span) => ({ span, parent: null, shiftMicros: 0 }));
  for (let next = work.shift(); next; next = work.shift()) {
    if (placed.has(next.span.spanId)) continue;
    const { row, below } = index.place(next, placed);
    row.parent?.children.push(row);
    rows.push(row);
    work.push(...below);
  }
  for (let i = rows.length - 1; i >= 0; i--) finish(rows[i] as Row);
  return rows.filter((row) => row.parent === null);
}

/** Sorts a row's children and tells its parent of errors; children are finished before parents. */
function finish(row: Row): void {
  row.children.sort((a, b) => a.startMicros - b.startMicros);
  if (row.parent) row.parent.errorsBelow += row.errorsBelow + (hasFailed(row) ? 1 : 0);
}

export const hasFailed = (row: Row): boolean => row.state === "error" || row.state === "refused";

/** The rows in display order, without what lies below collapsed rows. */
export function visibleRows(roots: Row[], collapsed: ReadonlySet<string>): Row[] {
  const rows: Row[] = [];
  const stack = [...roots].reverse();
  for (let row = stack.pop(); row; row = stack.pop()) {
    rows.push(row);
    if (collapsed.has(row.id)) continue;
    for (let i = row.children.length - 1; i >= 0; i--) {
      const child = row.children[i];
      if (child) stack.push(child);
    }
  }
  return rows;
}

/** The row with this id, or null. */
export function findRow(roots: Row[], id: string): Row | null {
  return visibleRows(roots, new Set()).find((row) => row.id === id) ?? null;
}

/** Where a span goes; `shiftMicros` moves what a clock recorded that differs from the caller's. */
interface Placement {
  span: Span;
  parent: Row | null;
  shiftMicros: number;
}

const isAttempt = (span: Span): boolean =>
  span.kind === "CLIENT" && number(span, "clearspan.attempt") !== null;

class SpanIndex {
  private readonly byId = new Map<string, Span>();
  private readonly childrenOf = new Map<string, Span[]>();

  constructor(private readonly spans: Span[]) {
    for (const span of spans) this.byId.set(span.spanId, span);
    for (const span of spans) {
      if (span.parentSpanId === null || span.parentSpanId === span.spanId) continue;
      const siblings = this.childrenOf.get(span.parentSpanId);
      if (siblings) siblings.push(span);
      else this.childrenOf.set(span.parentSpanId, [span]);
    }
    for (const siblings of this.childrenOf.values()) siblings.sort(byStart);
  }

  roots(): Span[] {
    const reached = new Set<string>();
    const tops = this.spans
      .filter((span) => span.parentSpanId === null || !this.byId.has(span.parentSpanId))
      .sort(byStart);
    for (const top of tops) this.reach(top, reached);
    // Spans that are each other's parents are reached from no root: hostile, but shown all the same.
    const lost = this.spans.filter((span) => !reached.has(span.spanId)).sort(byStart);
    for (const span of lost) {
      if (reached.has(span.spanId)) continue;
      tops.push(span);
      this.reach(span, reached);
    }
    return tops;
  }

  private reach(span: Span, reached: Set<string>): void {
    const stack = [span];
    for (let next = stack.pop(); next; next = stack.pop()) {
      if (reached.has(next.spanId)) continue;
      reached.add(next.spanId);
      stack.push(...(this.childrenOf.get(next.spanId) ?? []));
    }
  }

  /** The row of a span, and the spans that belong below it. */
  place({ span, parent, shiftMicros }: Placement, placed: Set<string>): { row: Row; below: Placement[] } {
    placed.add(span.spanId);
    const children = (this.childrenOf.get(span.spanId) ?? []).filter((child) => !placed.has(child.spanId));
    const retried = children.some(isAttempt);
    const server =
      span.kind === "CLIENT" && !retried ? (children.find((child) => child.kind === "SERVER") ?? null) : null;
    const row = describe(span, server, parent, shiftMicros, retried);
    const own = children
      .filter((child) => child !== server)
      .map((child) => ({ span: child, parent: row, shiftMicros }));
    if (!server) return { row, below: own };
    placed.add(server.spanId);
    const serverShift = fitServer(row, server, shiftMicros);
    const served = (this.childrenOf.get(server.spanId) ?? []).map((child) => ({
      span: child,
      parent: row,
      shiftMicros: serverShift,
    }));
    return { row, below: [...own, ...served] };
  }
}

const byStart = (a: Span, b: Span): number => a.startOffsetMicros - b.startOffsetMicros;

function describe(span: Span, server: Span | null, parent: Row | null, shift: number, retried: boolean): Row {
  const isCall = span.kind === "CLIENT";
  const attempt = number(span, "clearspan.attempt");
  const status = statusCode(span) ?? (span.statusCode === "ERROR" ? "ERROR" : "OK");
  return {
    id: span.spanId,
    kind: kindOf(span, attempt, retried),
    state: stateOf(span),
    depth: parent ? parent.depth + 1 : 0,
    service: isCall ? (text(span, "server.address") ?? server?.service ?? span.service) : span.service,
    caller: isCall ? span.service : null,
    method: text(span, "rpc.method") ?? span.name,
    status,
    message: span.statusMessage || server?.statusMessage || "",
    errorType: text(span, "error.type"),
    peer: text(span, "clearspan.peer.instance") ?? server?.instance ?? (isCall ? null : span.instance),
    attempt,
    attempts: attempt === null ? number(span, "clearspan.attempts") : null,
    served: null,
    span,
    server,
    parent,
    children: [],
    errorsBelow: 0,
    orphan: parent === null && span.parentSpanId !== null,
    startMicros: span.startOffsetMicros + shift,
    endMicros: end(span) + shift,
  };
}

function kindOf(span: Span, attempt: number | null, retried: boolean): RowKind {
  if (span.kind === "SERVER") return "served";
  if (span.kind !== "CLIENT") return "internal";
  if (retried) return "retried";
  return attempt === null ? "call" : "attempt";
}

function stateOf(span: Span): RowState {
  if (text(span, "error.type") === "breaker_open") return "refused";
  if (text(span, "clearspan.outcome") === "CANCELLED" || statusCode(span) === "CANCELLED") {
    return "cancelled";
  }
  const failed = span.statusCode === "ERROR" || text(span, "error.type") !== null;
  return failed ? "error" : "ok";
}

/** Places the server's part inside the row and returns by how much its clock had to be moved. */
function fitServer(row: Row, server: Span, shift: number): number {
  const start = server.startOffsetMicros + shift;
  const finish = start + server.durationMicros;
  const fits = start >= row.startMicros && finish <= row.endMicros;
  const slack = row.endMicros - row.startMicros - server.durationMicros;
  // A server that outlives its caller (cancelled, timed out) keeps its start; only skew is mended.
  const moved =
    fits || slack < 0
      ? start < row.startMicros
        ? row.startMicros - start
        : 0
      : row.startMicros + slack / 2 - start;
  const queueMillis = number(server, "clearspan.queue_ms") ?? 0;
  row.served = {
    startMicros: start + moved,
    endMicros: finish + moved,
    queueMicros: Math.min(queueMillis * 1000, server.durationMicros),
    clockAdjusted: moved !== 0,
  };
  return shift + moved;
}
