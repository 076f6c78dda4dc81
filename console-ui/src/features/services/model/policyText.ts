import { t } from "@/lib/i18n";

export type Parsed = { policy: Record<string, unknown> } | { error: string };

export const policyText = (policy: Record<string, unknown>) => JSON.stringify(policy, null, 2);

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
