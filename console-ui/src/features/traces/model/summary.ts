import { shortMethod } from "@/lib/format/id";
import { millis, plain } from "@/lib/format/quantity";
import { t } from "@/lib/i18n";
import { hasFailed, type Row } from "./rows";

/** The row to blame: the deepest failure that no retry mended, the earliest of those that have none below. */
export function rootCause(roots: Row[]): Row | null {
  let cause: Row | null = null;
  const stack = [...roots];
  for (let row = stack.pop(); row; row = stack.pop()) {
    if (isMended(row)) continue;
    stack.push(...row.children);
    if (!hasFailed(row) || row.errorsBelow > 0) continue;
    if (!cause || row.startMicros < cause.startMicros) cause = row;
  }
  return cause;
}

/** An attempt whose call went well after all. */
const isMended = ({ kind, parent }: Row): boolean =>
  kind === "attempt" && parent !== null && !hasFailed(parent);

/**
 * The trace in one sentence: what failed, how, after how many attempts, where, and how much of the
 * whole it took.
 */
export function summarize(roots: Row[], durationMicros: number): string {
  const first = roots[0];
  if (!first) return "";
  const total = took(durationMicros);
  const cause = rootCause(roots);
  if (!cause) return t("trace.answered", { method: shortMethod(first.method), status: first.status, total });
  const call = cause.kind === "attempt" && cause.parent ? cause.parent : cause;
  const method = `${cause.service} ${shortMethod(cause.method)}`;
  if (cause.state === "refused") {
    return t("trace.refused", { method, caller: cause.caller ?? first.service, status: cause.status });
  }
  const last = call.children.filter((row) => row.kind === "attempt").at(-1) ?? cause;
  const attempts = call.attempts ?? 1;
  return t(attempts > 1 ? "trace.failed" : "trace.failedOnce", {
    method,
    status: cause.status,
    attempts,
    peer: last.peer ?? t("trace.nowhere"),
    took: took(call.endMicros - call.startMicros),
    total,
  });
}

const took = (micros: number): string => plain(millis(micros / 1_000));
