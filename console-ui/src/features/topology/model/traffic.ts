import { type Curve, lengthOf } from "./geometry";

/** One call on its way; t runs from 0 at the caller to 1 at the callee. */
export interface CallMark {
  edge: string;
  t: number;
  perSecond: number;
  failed: boolean;
  /** Where it ends: 1, or at an open breaker. */
  stop: number;
}

export interface TrafficEdge {
  id: string;
  curve: Curve;
  rate: number;
  errorShare: number;
  p50Millis: number | null;
  /** Refused at the caller: calls end at the breaker's gap. */
  blocked: boolean;
}

/** Where on an edge its breaker is drawn: near the caller, which holds it. */
export const BREAKER_AT = 0.2;
const MAX_MARKS = 600;
const MAX_PER_SECOND = 11;

/** Marks a second: one for one call at first, then slower than the rate grows. */
export function marksPerSecond(rate: number): number {
  return Math.min(MAX_PER_SECOND, rate <= 1 ? rate : rate ** 0.48);
}

/** Seconds a mark takes to cross: 0.8 s at 1 ms and below, 0.9 s more with each tenfold latency. */
export function secondsToCross(p50Millis: number | null): number {
  return 0.8 + 0.9 * Math.log10(Math.max(1, p50Millis ?? 1));
}

/** Moves what is under way and starts new calls; `random` decides which of them fail. */
export class Traffic {
  private marks: CallMark[] = [];
  private readonly due = new Map<string, number>();
  private edges: TrafficEdge[] = [];

  constructor(private readonly random: () => number = Math.random) {}

  setEdges(edges: TrafficEdge[]) {
    this.edges = edges;
    const known = new Set(edges.map((e) => e.id));
    this.marks = this.marks.filter((mark) => known.has(mark.edge));
  }

  step(seconds: number): readonly CallMark[] {
    for (const mark of this.marks) mark.t += mark.perSecond * seconds;
    this.marks = this.marks.filter((mark) => mark.t < mark.stop);
    for (const edge of this.edges) this.emit(edge, seconds);
    return this.marks;
  }

  private emit(edge: TrafficEdge, seconds: number) {
    let due = (this.due.get(edge.id) ?? this.random()) + marksPerSecond(edge.rate) * seconds;
    for (; due >= 1; due--) {
      if (this.marks.length < MAX_MARKS) this.marks.push(this.start(edge));
    }
    this.due.set(edge.id, due);
  }

  private start(edge: TrafficEdge): CallMark {
    const relative = Math.max(0.5, lengthOf(edge.curve) / 140);
    const failed = edge.blocked || this.random() < edge.errorShare;
    const perSecond = 1 / (secondsToCross(edge.p50Millis) * relative);
    return { edge: edge.id, t: 0, perSecond, failed, stop: edge.blocked ? BREAKER_AT : 1 };
  }
}
