import { t } from "@/lib/i18n";

export type Parsed = { policy: Record<string, unknown> } | { error: string };

export const policyText = (policy: Record<string, unknown>) => JSON.stringify(policy, null, 2);

/** A field's value as one reads it: durations and words without quotes. */
export function valueText(value: unknown): string {
  if (value === null) return "–";
  if (Array.isArray(value)) return value.map(valueText).join(", ");
  if (typeof value === "object") {
    return Object.entries(value)
      .map(([name, part]) => `${name} ${valueText(part)}`)
      .join(", ");
  }
  return String(value);
}

/** JSON that is an object; the rest is checked by the server, which knows the schema. */
export function parsePolicy(text: string): Parsed {
  try {
    const value: unknown = JSON.parse(text);
    if (typeof value === "object" && value !== null && !Array.isArray(value)) {
      return { policy: value as Record<string, unknown> };
    }
    return { error: t("policy.notAnObject", { found: Array.isArray(value) ? "array" : typeof value }) };
  } catch (cause) {
    return { error: cause instanceof Error ? cause.message : String(cause) };
  }
}

/** The rules of a stored document, without the guard that watches over it. */
export function rulesOf({ guard: _, ...rules }: Record<string, unknown>): Record<string, unknown> {
  return rules;
}
