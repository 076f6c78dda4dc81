import type { GuardReport } from "@/lib/api/types";
import { quoted } from "@/lib/format/shell";

/** What a person asks of a guard. */
export interface GuardDraft {
  errorPercent: number | null;
  p99Millis: number | null;
  seconds: number;
}

export const USUAL_GUARD: GuardDraft = { errorPercent: 5, p99Millis: null, seconds: 60 };

export const hasLimit = ({ errorPercent, p99Millis }: GuardDraft) =>
  errorPercent !== null || p99Millis !== null;

/** A number without the dust of binary fractions: 5 % is 0.05. */
const clean = (value: number) => Number(value.toFixed(6));

/** The policy with its guard, as the API takes it. */
export function guarded(policy: Record<string, unknown>, draft: GuardDraft | null): Record<string, unknown> {
  if (!draft) return policy;
  const { errorPercent, p99Millis, seconds } = draft;
  return {
    ...policy,
    guard: {
      ...(errorPercent !== null && { maxErrorShare: clean(errorPercent / 100) }),
      ...(p99Millis !== null && { maxP99: `${clean(p99Millis / 1_000)}s` }),
      duration: `${seconds}s`,
    },
  };
}

/** The command that does what saving does. */
export function applyCommand(service: string, reason: string, draft: GuardDraft | null): string {
  const parts = [
    `clearspan ctl policy apply ${service} -f policy.json`,
    `--reason ${quoted(reason || "...")}`,
  ];
  if (draft?.errorPercent != null) parts.push(`--guard-errors ${clean(draft.errorPercent / 100)}`);
  if (draft?.p99Millis != null) parts.push(`--guard-p99 ${clean(draft.p99Millis / 1_000)}s`);
  if (draft) parts.push(`--guard-for ${draft.seconds}s`);
  return parts.join(" ");
}

/** How far a figure is on its way to its limit, 0 to 1; null: it is not watched, or there is none yet. */
export function towards(figure: number | null, limit: number | null): number | null {
  return figure === null || limit === null ? null : Math.min(1, figure / limit);
}

/** How much of the trial is over, 0 to 1. */
export function elapsed({ guard }: Pick<GuardReport, "guard">, now: number): number {
  const since = Date.parse(guard.since);
  return Math.min(1, Math.max(0, (now - since) / (Date.parse(guard.until) - since)));
}
