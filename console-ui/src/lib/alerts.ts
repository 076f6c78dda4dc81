import type { AlertOperator, AlertSeverity, AlertState, AlertTarget } from "@/lib/api/types";
import { count, millis, NONE, type Quantity, rate, share } from "@/lib/format/quantity";
import { t } from "@/lib/i18n";

/** A value or threshold in the unit of its rule, as people read it. */
export function quantity(value: number | null, unit: string): Quantity {
  if (value === null) return NONE;
  switch (unit) {
    case "percent":
      return share(value / 100);
    case "ms":
      return millis(value);
    case "seconds":
      return value === 0 ? { value: "0", unit: "s" } : millis(value * 1_000);
    case "per_second":
      return rate(value);
    default:
      return count(value);
  }
}

const SIGNS: Record<AlertOperator, string> = { ">": ">", ">=": "≥", "<": "<", "<=": "≤" };

export const sign = (operator: AlertOperator) => SIGNS[operator];

/** "orders to payments · Charge · payments-2"; the console itself has no target. */
export function targetWords({ service, method, caller, instance }: AlertTarget): string {
  const who = caller && service ? `${caller} → ${service}` : caller || service;
  return [who, method?.split("/").at(-1), instance].filter(Boolean).join(" · ") || t("alerts.console");
}

export type AlertTone = "neutral" | "ok" | "warn" | "bad" | "stale";

export function stateTone(state: AlertState, severity: AlertSeverity): AlertTone {
  if (state === "firing")
    return severity === "critical" ? "bad" : severity === "warning" ? "warn" : "neutral";
  if (state === "resolved") return "ok";
  return state === "no_data" ? "stale" : "neutral";
}
