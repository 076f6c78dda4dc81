import type { AckProcess, Acks } from "@/lib/api/types";

export type AckPhase = "counting" | "complete" | "refused" | "silent";

export interface AckView {
  phase: AckPhase;
  applied: number;
  total: number;
  slowestMillis: number | null;
  /** 0..1 of the processes that applied it. */
  progress: number;
  /** Those one has to know by name: not applied yet, refused or silent. */
  waiting: AckProcess[];
}

/** After this a process that has not answered is named as late, even if the server says pending. */
export const LATE_MILLIS = 3_000;

export function ackView(acks: Acks): AckView {
  const waiting = acks.processes.filter((p) => p.state !== "applied");
  return {
    phase: phaseOf(acks, waiting),
    applied: acks.applied,
    total: acks.total,
    slowestMillis: acks.slowestMillis,
    progress: acks.total ? acks.applied / acks.total : 1,
    waiting,
  };
}

function phaseOf(acks: Acks, waiting: AckProcess[]): AckPhase {
  if (waiting.some((p) => p.state === "refused")) return "refused";
  if (acks.complete || acks.applied >= acks.total) return "complete";
  return waiting.length > 0 && waiting.every((p) => p.state === "silent") ? "silent" : "counting";
}

/** One mark per process, applied ones first, so that the strip fills from the left. */
export function ackMarks(acks: Acks, max = 60): AckProcess["state"][] {
  const rank = { applied: 0, pending: 1, silent: 2, refused: 3 };
  const listed = acks.processes.map((p) => p.state);
  const unlisted = Array.from({ length: Math.max(0, acks.total - listed.length) }, (_, n) =>
    n < acks.applied ? ("applied" as const) : ("pending" as const),
  );
  const all = [...listed, ...unlisted].sort((a, b) => rank[a] - rank[b]);
  if (all.length <= max) return all;
  return Array.from({ length: max }, (_, n) => all[Math.floor((n * all.length) / max)] ?? "pending");
}
