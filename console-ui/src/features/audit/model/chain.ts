import type { AuditVerification, ChainBreak } from "@/lib/api/types";

/** All breaks, those of the changes of rules first. */
export function brokenLogs({ rules, accounts }: AuditVerification): ChainBreak[] {
  return [...rules.breaks, ...accounts.breaks];
}
