// Alerts of the simulated shop: one fires while payments-2 fails, one is pending, one is without data.
import { commit } from "./shop.mjs";

const MINUTE = 60_000;
const ago = (millis) => new Date(Date.now() - millis).toISOString();

const NOBODY = { service: "", method: "", caller: "", instance: "" };

function rule(id, name, kind, unit, threshold, more = {}) {
  const ofCalls = ["error_share", "latency_p99", "latency_p50", "rate"].includes(kind);
  return {
    id,
    name,
    kind,
    target: { service: "", method: "", caller: "", ...more.target },
    condition: {
      operator: more.operator ?? ">=",
      threshold,
      unit,
      windowSeconds: ofCalls ? 30 : 0,
      minCalls: ofCalls ? 10 : 0,
    },
    forSeconds: more.for ?? 0,
    resolveSeconds: 60,
    severity: more.severity ?? "warning",
    enabled: more.enabled ?? true,
    summary: more.summary ?? "",
    runbookUrl: more.runbook ?? "",
    labels: {},
  };
}

export function createAlerts() {
  const entry = (it, origin, revision) => ({ rule: it, origin, revision });
  return {
    silences: [],
    rules: [
      entry(rule("breaker-open", "A breaker stays open", "breaker_open", "seconds", 60), "built-in", 0),
      entry(
        rule("instance-out", "An instance is out of use", "instance_outage", "seconds", 120),
        "built-in",
        0,
      ),
      entry(
        rule("intake-refused", "The console refuses telemetry", "intake_refused", "per_second", 0, {
          operator: ">",
          for: 30,
        }),
        "built-in",
        0,
      ),
      entry(
        rule("orders-slow", "Orders are slow", "latency_p99", "ms", 250, {
          for: 120,
          target: { service: "orders", caller: "storefront" },
        }),
        "stored",
        412,
      ),
      entry(
        rule("recorder-loss", "Recorders lose records", "telemetry_loss", "per_second", 0, {
          operator: ">",
          for: 30,
          enabled: false,
        }),
        "overridden",
        398,
      ),
      entry(
        rule("registry-stale", "The registry is not heard", "discovery_age", "seconds", 120, {
          severity: "critical",
        }),
        "built-in",
        0,
      ),
      entry(
        rule("service-errors", "A service fails", "error_share", "percent", 10, {
          for: 60,
          severity: "critical",
          summary: "A tenth or more of the calls to this service fail.",
          runbook: "https://wiki.example.org/service-fails",
        }),
        "built-in",
        0,
      ),
    ],
  };
}

function alert(rules, id, state, target, value, detail, age, more = {}) {
  const { rule } = rules.find((one) => one.rule.id === id) ?? rules[0];
  return {
    fingerprint: `${id}-${target.service}-${target.instance}`,
    rule: rule.id,
    name: rule.name,
    kind: rule.kind,
    severity: rule.severity,
    state,
    target: { ...NOBODY, ...target },
    since: ago(age),
    firedAt: state === "firing" ? ago(age) : null,
    resolvedAt: state === "resolved" ? ago(age) : null,
    value,
    operator: rule.condition.operator,
    threshold: rule.condition.threshold,
    unit: rule.condition.unit,
    noData: state === "no_data",
    detail,
    summary: rule.summary,
    runbookUrl: rule.runbookUrl,
    silencedBy: null,
    labels: {},
    ...more,
  };
}

function standing({ scenario }, { rules }) {
  if (scenario === "healthy" || scenario === "empty") return [];
  const orders = { caller: "storefront", service: "orders" };
  return [
    alert(rules, "service-errors", "firing", { service: "payments" }, 31.2, "1240 calls in 30 s", 4 * MINUTE),
    alert(
      rules,
      "instance-out",
      "firing",
      { service: "payments", instance: "payments-2" },
      312,
      "outlier: errors 34% (others: 0.2%)",
      5 * MINUTE,
    ),
    alert(rules, "orders-slow", "pending", orders, 281, "2004 calls in 30 s", 40_000),
    alert(rules, "breaker-open", "resolved", { caller: "orders", service: "ledger" }, 0, "over", 9 * MINUTE),
    alert(
      rules,
      "service-errors",
      "no_data",
      { service: "shipping" },
      null,
      "2 calls in 30 s (expected: at least 10)",
      61_000,
    ),
  ];
}

const muted = (alerts, silences) =>
  alerts.map((one) => ({
    ...one,
    silencedBy:
      silences.find(
        ({ rule, service }) => (!rule || rule === one.rule) && (!service || service === one.target.service),
      )?.id ?? null,
  }));

/** What the page System tells of alerts. */
export function inShort(shop) {
  const { evaluatedAt, firing, pending, noData, silenced, webhook } = report(shop);
  return { evaluatedAt, firing, pending, noData, silenced, webhook };
}

export function report(shop) {
  const { alerting } = shop;
  const alerts = muted(standing(shop, alerting), alerting.silences);
  const of = (state) => alerts.filter((one) => one.state === state);
  const recent = alerts
    .filter(({ state }) => state === "firing" || state === "resolved")
    .map(({ since: at, fingerprint, rule, name, severity, target, state, value, unit, detail }) => ({
      at,
      fingerprint,
      rule,
      name,
      severity,
      target,
      state,
      value,
      unit,
      detail,
    }));
  return {
    evaluatedAt: ago(2_000),
    intervalSeconds: 5,
    firing: of("firing").length,
    pending: of("pending").length,
    noData: of("no_data").length,
    silenced: of("firing").filter(({ silencedBy }) => silencedBy).length,
    unfollowed: 0,
    alerts,
    recent,
    silences: alerting.silences,
    webhook: {
      configured: true,
      target: "https://alerts.example.org",
      delivered: 17,
      failed: 2,
      failures: 0,
      waiting: 0,
      lastSuccess: ago(4 * MINUTE),
      lastFailure: ago(180 * MINUTE),
      lastError: "answered 503 (expected: 2xx; redirects are not followed)",
      nextTry: null,
    },
  };
}

export function rules(shop) {
  const alerts = standing(shop, shop.alerting);
  const outcome = ({ id, kind }) => {
    const own = alerts.filter((one) => one.rule === id);
    const count = (state) => own.filter((one) => one.state === state).length;
    const blind = kind === "telemetry_loss" ? "no recorder has reported for 15 minutes" : "";
    return {
      targets: Math.max(own.length, 5),
      firing: count("firing"),
      pending: count("pending"),
      noData: count("no_data"),
      detail: blind,
    };
  };
  return { rules: shop.alerting.rules.map((it) => ({ ...it, outcome: outcome(it.rule) })), ignored: [] };
}

/** Changes rules and silences; undefined for what it does not serve. */
export function change(shop, method, [what, id], url, body, author) {
  const { alerting } = shop;
  const reason = url.searchParams.get("reason") ?? body.reason ?? "";
  const done = (key, service) =>
    commit(shop, {
      service,
      action: key.split("/").slice(1, 3).join("."),
      key,
      reason,
      author,
      before: null,
      after: body,
    });
  if (what === "rules" && id === "preview") {
    const services = [
      body.target.service || "payments",
      ...(body.target.service ? [] : ["orders", "ledger"]),
    ];
    const targets = services.map((service, i) => ({
      target: { ...NOBODY, service },
      value: i === 0 ? 31.2 : 0.4,
      holds: i === 0 && body.condition.threshold <= 31.2,
      detail: "1240 calls in 30 s",
    }));
    return { rule: body, targets, more: 0, detail: "" };
  }
  if (what === "rules" && method === "PUT") {
    const known = alerting.rules.find((one) => one.rule.id === id);
    const origin = known && known.origin !== "stored" ? "overridden" : "stored";
    const result = done(`ctl/alert/rule/${id}`, body.target.service);
    const entry = { rule: { ...body, id }, origin, revision: result.revision };
    alerting.rules = [...alerting.rules.filter((one) => one !== known), entry].sort((a, b) =>
      a.rule.id.localeCompare(b.rule.id),
    );
    return result;
  }
  if (what === "rules") {
    alerting.rules = alerting.rules.filter((one) => one.rule.id !== id);
    return done(`ctl/alert/rule/${id}`, "");
  }
  if (what === "silences" && method === "POST") {
    const silence = {
      id: `s${shop.revision}`,
      rule: body.rule ?? "",
      service: body.service ?? "",
      until: ago(-body.seconds * 1_000),
      reason: body.reason,
      author,
      createdAt: ago(0),
    };
    alerting.silences = [...alerting.silences, silence];
    return done(`ctl/alert/silence/${silence.id}`, silence.service);
  }
  if (what === "silences") {
    alerting.silences = alerting.silences.filter((one) => one.id !== id);
    return done(`ctl/alert/silence/${id}`, "");
  }
  return undefined;
}
