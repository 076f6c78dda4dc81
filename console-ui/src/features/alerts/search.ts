import type { AlertSeverity } from "@/lib/api/types";

export const SEVERITIES = ["critical", "warning", "info"] as const satisfies AlertSeverity[];

export interface AlertsSearch {
  service?: string | undefined;
  severity?: AlertSeverity | undefined;
  /** Only this rule's alerts: where a notification leads. */
  rule?: string | undefined;
  /** The rule being edited; "new" for one that is not there yet. */
  edit?: string | undefined;
}

const word = (value: unknown) => (typeof value === "string" && value ? value : undefined);

export function alertsSearch(raw: Record<string, unknown>): AlertsSearch {
  return {
    service: word(raw.service),
    severity: SEVERITIES.find((severity) => severity === raw.severity),
    rule: word(raw.rule),
    edit: word(raw.edit),
  };
}
