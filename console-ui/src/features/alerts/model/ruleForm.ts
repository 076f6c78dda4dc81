import { type Account, maySteer } from "@/lib/api/rights";
import type { AlertKind, AlertRule } from "@/lib/api/types";
import { quoted } from "@/lib/format/shell";

export const UNITS: Record<AlertKind, string> = {
  error_share: "percent",
  latency_p50: "ms",
  latency_p99: "ms",
  rate: "per_second",
  breaker_open: "seconds",
  discovery_age: "seconds",
  telemetry_loss: "per_second",
  telemetry_shed: "percent",
  intake_refused: "per_second",
  instance_outage: "seconds",
};

export const KINDS = Object.keys(UNITS) as AlertKind[];

const OF_CALLS: AlertKind[] = ["error_share", "latency_p50", "latency_p99", "rate"];

export const ofCalls = (kind: AlertKind) => OF_CALLS.includes(kind);
export const takesService = (kind: AlertKind) => kind !== "intake_refused";
export const takesMethod = (kind: AlertKind) => ofCalls(kind) || kind === "breaker_open";
export const takesCaller = (kind: AlertKind) => takesMethod(kind) || kind === "discovery_age";

export function newRule(service: string): AlertRule {
  return {
    id: "",
    name: "",
    kind: "error_share",
    target: { service, method: "", caller: "" },
    condition: { operator: ">=", threshold: 5, unit: "percent", windowSeconds: 30, minCalls: 10 },
    forSeconds: 60,
    resolveSeconds: 60,
    severity: "warning",
    enabled: true,
    summary: "",
    runbookUrl: "",
    labels: {},
  };
}

/** The same rule of another kind: what that kind does not take is dropped. */
export function withKind(rule: AlertRule, kind: AlertKind): AlertRule {
  const { target, condition } = rule;
  return {
    ...rule,
    kind,
    target: {
      service: takesService(kind) ? target.service : "",
      method: takesMethod(kind) ? target.method : "",
      caller: takesCaller(kind) ? target.caller : "",
    },
    condition: {
      ...condition,
      unit: UNITS[kind],
      windowSeconds: ofCalls(kind) ? condition.windowSeconds || 30 : 0,
      minCalls: ofCalls(kind) ? condition.minCalls || 1 : 0,
    },
  };
}

export type Flaw = "id" | "threshold" | "runbookUrl";

/** What the server would refuse; it checks the rest, too. */
export function flaws(rule: AlertRule): Flaw[] {
  const found: Flaw[] = [];
  if (!/^[a-z0-9][a-z0-9._-]{0,62}$/.test(rule.id)) found.push("id");
  const { threshold, unit } = rule.condition;
  if (!Number.isFinite(threshold) || threshold < 0 || (unit === "percent" && threshold > 100))
    found.push("threshold");
  if (rule.runbookUrl && !isWebAddress(rule.runbookUrl)) found.push("runbookUrl");
  return found;
}

/** Rules of all services are for admins, others for those who may steer the service. */
export const mayEdit = (user: Account | undefined, service: string): boolean =>
  maySteer(user, service) && (service !== "" || user?.role === "admin");

/** What a link may lead to: never a script, whoever wrote it. */
export const isWebAddress = (text: string) => /^https?:\/\/[^\s/]+/.test(text);

/** Of all services only who steers all. */
export const maySilence = (user: Account | undefined, service: string): boolean =>
  maySteer(user, service) && (service !== "" || user?.services.length === 0);

/** What stores the same rule from a terminal. */
export function applyCommand(rule: AlertRule, reason: string): string {
  return [
    `clearspan ctl alert-rule apply ${rule.id || "ID"} -f - --reason ${quoted(reason || "...")} <<'EOF'`,
    JSON.stringify(rule, null, 2),
    "EOF",
  ].join("\n");
}

export function silenceCommand(rule: string, service: string, seconds: number, reason: string): string {
  return [
    "clearspan ctl silence add",
    ...(rule ? [`--rule ${rule}`] : []),
    ...(service ? [`--service ${service}`] : []),
    `--for ${seconds}s`,
    `--reason ${quoted(reason || "...")}`,
  ].join(" ");
}
