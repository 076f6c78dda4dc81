import type { AuditRow } from "@/lib/api/types";
import { t } from "@/lib/i18n";

type Value = Record<string, unknown>;

const isValue = (value: unknown): value is Value => typeof value === "object" && value !== null;

/** One short sentence for a change: "weight of payments-2: 100 to 25". */
export function describeChange(row: AuditRow): string {
  const name = row.key.split("/").at(-1) ?? row.key;
  if (row.key.includes("/ctl/instance/")) return describeControl(name, row);
  if (row.key.endsWith("/ctl/breaker")) return describeForced(row);
  if (row.key.startsWith("ctl/alert/rule/"))
    return t(row.after === null ? "changes.alertRuleRemoved" : "changes.alertRule", { name });
  if (row.key.startsWith("ctl/alert/silence/"))
    return t(row.after === null ? "changes.silenceEnded" : "changes.silence");
  if (row.action === "telemetry.keep") return t("changes.keep");
  if (row.action === "telemetry.end") return t("changes.keepEnded");
  if (row.key.endsWith("/ctl/policy"))
    return row.after === null ? t("changes.policyRemoved") : t("changes.policy");
  return row.action;
}

function describeControl(name: string, { before, after }: AuditRow): string {
  if (name === "*") return t("changes.instances", { n: isValue(after) ? Object.keys(after).length : 0 });
  if (!isValue(after)) return t("changes.lifted", { name });
  if (after.eject) return t("changes.ejected", { name });
  if (after.drain) return t("changes.drained", { name });
  const from = isValue(before) && before.weight !== undefined ? String(before.weight) : t("changes.base");
  return t("changes.weight", { name, from, to: String(after.weight ?? t("changes.base")) });
}

function describeForced({ before, after }: AuditRow): string {
  const count = (value: unknown) =>
    isValue(value) && Array.isArray(value.forced) ? (value.forced as Value[]) : ([] as Value[]);
  const key = (entry: Value) =>
    JSON.stringify([entry.caller ?? "", entry.method ?? "", entry.instance ?? "", entry.state]);
  const known = new Set(count(before).map(key));
  const added = count(after).find((entry) => !known.has(key(entry)));
  if (!added) return t("changes.breakerAuto");
  return t("changes.breakerForced", {
    state: String(added.state ?? "").toLowerCase(),
    caller: String(added.caller || t("changes.anyCaller")),
  });
}
