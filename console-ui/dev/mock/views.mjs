// What the API answers, computed from the simulated shop.
import { inShort as alertsInShort } from "./alerts.mjs";
import { around, wave } from "./random.mjs";
import { recordersInShort } from "./recorders.mjs";
import { callsOf, configured, METHODS } from "./shop.mjs";

const red = (rate, errorShare, p50) => ({
  rate,
  errorShare,
  p50Millis: rate ? p50 : null,
  p90Millis: rate ? p50 * 2.3 : null,
  p99Millis: rate ? p50 * 5.6 : null,
});
const none = red(0, 0, 0);

const healthOf = (share) => (share > 0.1 ? "bad" : share > 0.02 ? "warn" : "ok");

function errorShareOf(shop, i) {
  if (i.id === "payments-2" && shop.scenario === "failing") return around(0.34, 0.1);
  return 0.0006 * Math.random();
}

const slowness = (shop, i) => (i.id === "payments-2" && shop.scenario === "failing" ? 6 : 1);

export const forcedFor = (shop, caller, service, method = "", instance = "") =>
  shop.forced.find(
    (f) =>
      f.service === service &&
      (!f.caller || f.caller === caller) &&
      (f.method || "") === method &&
      (f.instance || "") === instance,
  ) ??
  shop.forced.find(
    (f) => f.service === service && (!f.caller || f.caller === caller) && !f.method && !f.instance,
  );

const FORCED_WORD = {
  OPEN: "forced_open",
  CLOSED: "forced_closed",
  DISABLED: "disabled",
  HALF_OPEN: "half_open",
};
const COMPUTED_WORD = { CLOSED: "closed", OPEN: "open", HALF_OPEN: "half_open", DISABLED: "disabled" };

function edgeOf(shop, [caller, callee, base, p50]) {
  const seconds = Date.now() / 1000;
  const forced = forcedFor(shop, caller, callee);
  const rate = base * (0.9 + 0.2 * wave(`${caller}>${callee}`, seconds));
  const targets = shop.instances.filter((i) => i.service === callee);
  const refused = forced?.state === "OPEN";
  let errors = 0;
  let worst = "closed";
  const instances = targets.map((i) => {
    const share = i.observed ?? 0;
    const own = i.alive ? errorShareOf(shop, i) : 0;
    if (i.breaker !== "CLOSED")
      worst = i.breaker === "OPEN" ? "open" : worst === "open" ? "open" : "half_open";
    errors += own * share;
    const breaker = forced ? FORCED_WORD[forced.state] : COMPUTED_WORD[i.breaker];
    return {
      instance: i.id,
      share: i.alive && !refused ? share : 0,
      red: i.alive && !refused ? red(rate * share, own, p50 * slowness(shop, i)) : none,
      breaker,
    };
  });
  if (refused) errors = 1;
  const breaker = forced ? FORCED_WORD[forced.state] : worst;
  const health = refused || breaker === "open" ? "bad" : healthOf(errors);
  return {
    caller,
    callee,
    health,
    red: red(rate, errors, refused ? 0.02 : around(p50, 0.06)),
    breaker,
    retriesPerSecond: refused ? 0 : rate * errors * 0.8,
    instances,
  };
}

const stateOf = (i) => {
  if (!i.alive) return "gone";
  if (i.control?.eject) return "ejected";
  return i.control?.drain ? "draining" : "up";
};

function nodeOf(shop, i, edges) {
  const incoming = edges.filter((e) => e.callee === i.service);
  const rows = incoming.flatMap((e) => e.instances.filter((x) => x.instance === i.id));
  const rate = rows.reduce((s, r) => s + r.red.rate, 0);
  const errors = rate ? rows.reduce((s, r) => s + r.red.rate * r.red.errorShare, 0) / rate : 0;
  const siblings = shop.instances.filter((x) => x.service === i.service && x.alive);
  const total = (f) => siblings.reduce((s, x) => s + f(x), 0) || 1;
  const callers = incoming.reduce(
    (s, e) => s + Math.max(1, shop.instances.filter((x) => x.service === e.caller && x.alive).length),
    0,
  );
  return {
    id: i.id,
    state: stateOf(i),
    unreachable: i.alive
      ? null
      : { reporters: callers, callers, since: i.deadSince, cause: "connection reset by peer" },
    host: i.host,
    port: i.port,
    zone: i.zone,
    version: i.version,
    startedAt: i.started,
    weight: {
      configured: i.control?.weight ?? i.base,
      base: i.base,
      override: i.control?.weight ?? null,
      effective: i.effective,
      configuredShare: i.alive ? configured(i) / total(configured) : 0,
      effectiveShare: i.effective / (siblings.reduce((s, x) => s + x.effective, 0) || 1),
      observedShare: rate ? i.observed : null,
    },
    red: rate ? red(rate, errors, rows[0].red.p50Millis ?? 1) : none,
  };
}

export function topology(shop) {
  const head = { env: "demo", at: new Date().toISOString(), windowSeconds: 10, revision: shop.revision };
  if (shop.scenario === "empty")
    return { ...head, services: [], edges: [], dependencies: [], dependencyEdges: [] };
  const edges = callsOf().map((call) => edgeOf(shop, call));
  const names = [...new Set(callsOf().flatMap((call) => call.slice(0, 2)))];
  const services = names.map((service) => serviceNode(shop, service, edges));
  return { ...head, services, edges, ...dependenciesOf(shop) };
}

const DEPENDENCIES = [
  {
    id: "postgresql/ledger@db-1:5432",
    kind: "database",
    system: "postgresql",
    name: "ledger",
    address: "db-1:5432",
  },
  { id: "redis@cache-1:6379", kind: "cache", system: "redis", name: "", address: "cache-1:6379" },
  {
    id: "kafka/orders@broker-1:9092",
    kind: "queue",
    system: "kafka",
    name: "orders",
    address: "broker-1:9092",
  },
];
const DEPENDENCY_CALLS = [
  ["ledger", 0, 12, 3.1],
  ["inventory", 0, 6, 2.4],
  ["inventory", 1, 18, 0.4],
  ["orders", 2, 9, 5.5],
];

/** What the shop calls besides itself; while payments fail inventory's cache fails now and then. */
function dependenciesOf(shop) {
  const calls = DEPENDENCY_CALLS.map(([caller, n, rate, p50]) => {
    const errors = n === 1 && shop.scenario === "failing" ? 0.2 : 0;
    return {
      caller,
      dependency: DEPENDENCIES[n].id,
      health: errors ? "warn" : "ok",
      red: red(around(rate, 0.05), errors, around(p50, 0.1)),
    };
  });
  return {
    dependencies: DEPENDENCIES.map((dependency) => {
      const own = calls.filter((call) => call.dependency === dependency.id);
      const worst = own.find((call) => call.health === "warn") ?? own[0];
      const rate = own.reduce((sum, call) => sum + call.red.rate, 0);
      return { ...dependency, health: worst.health, red: { ...worst.red, rate } };
    }),
    dependencyEdges: calls,
  };
}

function serviceNode(shop, service, edges) {
  const incoming = edges.filter((e) => e.callee === service);
  const rate = incoming.reduce((s, e) => s + e.red.rate, 0);
  const errors = rate ? incoming.reduce((s, e) => s + e.red.rate * e.red.errorShare, 0) / rate : 0;
  const instances = shop.instances.filter((i) => i.service === service).map((i) => nodeOf(shop, i, edges));
  const gone = instances.filter((i) => i.state === "gone").length;
  const health =
    service === "shopper" ? "unknown" : errors > 0.1 ? "bad" : errors > 0.02 || gone ? "warn" : "ok";
  const own = shop.instances.filter((i) => i.service === service);
  return {
    service,
    kind: service === "shopper" ? "client" : "service",
    health,
    red: rate ? red(rate, errors, incoming[0].red.p50Millis) : none,
    instances,
    processes: Math.max(1, own.filter((i) => i.alive).length),
    breakers: {
      open: own.filter((i) => i.breaker === "OPEN").length,
      halfOpen: own.filter((i) => i.breaker === "HALF_OPEN").length,
      forced: shop.forced.filter((f) => f.service === service).length,
    },
  };
}

const callersOf = (shop, edge) =>
  Math.max(1, shop.instances.filter((i) => i.service === edge.caller && i.alive).length);

const forcedBy = ({ author, reason, caller, method, instance, at, expiresAt }) => ({
  author,
  reason,
  caller,
  method,
  instance,
  since: at,
  expiresAt,
});

export function breakers(shop) {
  const rows = [];
  for (const edge of topology(shop).edges) {
    const forced = shop.forced.find(
      (f) => f.service === edge.callee && (!f.caller || f.caller === edge.caller) && !f.method && !f.instance,
    );
    rows.push({
      caller: edge.caller,
      service: edge.callee,
      method: "",
      instance: "",
      computed: "CLOSED",
      forced: forced?.state ?? null,
      since: null,
      probeAt: null,
      cause: "",
      forcedBy: forced ? forcedBy(forced) : null,
      processes: callersOf(shop, edge),
      callers: callersOf(shop, edge),
      red: edge.red,
    });
    for (const target of edge.instances) {
      const i = shop.instances.find((x) => x.id === target.instance);
      if (i.breaker === "CLOSED") continue;
      rows.push({
        caller: edge.caller,
        service: edge.callee,
        method: METHODS[edge.callee][0][0],
        instance: i.id,
        computed: i.breaker,
        forced: null,
        since: i.breakerSince,
        probeAt: i.probeAt,
        cause: "5 failures in a row, last UNAVAILABLE: bank timed out",
        forcedBy: null,
        processes: 1,
        callers: callersOf(shop, edge),
        red: target.red,
      });
    }
  }
  for (const f of shop.forced.filter((x) => x.method || x.instance)) {
    rows.push({
      caller: f.caller || "orders",
      service: f.service,
      method: f.method,
      instance: f.instance,
      computed: "CLOSED",
      forced: f.state,
      since: null,
      probeAt: null,
      cause: "",
      forcedBy: forcedBy(f),
      processes: 2,
      callers: 2,
      red: none,
    });
  }
  return rows;
}

export function services(shop) {
  const { services: nodes, edges } = topology(shop);
  return nodes
    .filter((n) => n.kind === "service")
    .map((n) => ({
      service: n.service,
      health: n.health,
      red: n.red,
      instances: {
        up: n.instances.filter((i) => i.state === "up").length,
        draining: n.instances.filter((i) => i.state === "draining").length,
        gone: n.instances.filter((i) => i.state === "gone").length,
        total: n.instances.length,
      },
      methods: METHODS[n.service].length,
      callers: edges.filter((e) => e.callee === n.service).map((e) => e.caller),
      callees: edges.filter((e) => e.caller === n.service).map((e) => e.callee),
    }));
}

const PIPELINE = [
  ["deadline", "Takes the shortest of the call's, the inherited and the policy's deadline."],
  ["retry", "Opens up to 3 attempts on different instances from a token budget."],
  ["balance", "Picks an endpoint by smooth weighted round robin."],
  ["breaker", "Refuses at once while the endpoint's breaker is open."],
  ["transport", "Encodes and writes the call on the endpoint's connection."],
];

export function serviceDetail(shop, service) {
  const summary = services(shop).find((s) => s.service === service);
  if (!summary) return null;
  const stages = PIPELINE.map(([name, description]) => ({ name, description }));
  return {
    ...summary,
    policyRevision: shop.policies[service]?.revision ?? 0,
    pipeline: summary.callers.map((c) => ({ process: `${c}-1`, stages })),
  };
}

export function instanceDetails(shop, service) {
  const node = topology(shop).services.find((s) => s.service === service);
  return node.instances.map((n) => {
    const i = shop.instances.find((x) => x.id === n.id);
    return {
      ...n,
      control: i.control,
      tags: { track: i.version.includes("rc") ? "canary" : "stable" },
      protocols: ["clearspan/1", "grpc", "http/1.1"],
      incarnation: i.incarnation,
      libraryVersion: "0.1.0",
      pid: i.pid,
    };
  });
}

/** One that was out for a while, and in payments one that is. */
export function outages(shop, service) {
  const [first, second] = shop.instances.filter((one) => one.service === service);
  if (!first || service === "ledger") return [];
  const at = (secondsAgo) => new Date(Date.now() - secondsAgo * 1000).toISOString();
  const over = {
    instance: first.id,
    kind: "unreachable",
    cause: "connection reset by peer",
    since: at(2_520),
    until: at(2_496),
    reporters: 2,
  };
  if (service !== "payments" || !second) return [over];
  const cause = "errors 33 % in 10 s (others: 0.1 %)";
  return [{ instance: second.id, kind: "outlier", cause, since: at(74), until: null, reporters: 2 }, over];
}

export function methods(shop, service) {
  const { edges } = topology(shop);
  const incoming = edges.filter((e) => e.callee === service);
  const total = incoming.reduce((s, e) => s + e.red.rate, 0);
  const errors = total ? incoming.reduce((s, e) => s + e.red.rate * e.red.errorShare, 0) / total : 0;
  return METHODS[service].map(([method, kind, idempotent, share], index) => {
    const own = red(
      total * share,
      index === 0 ? Math.min(1, errors * 1.15) : errors * 0.2,
      (incoming[0]?.red.p50Millis ?? 1) * (1 + index * 0.3),
    );
    return {
      method,
      kind,
      idempotent,
      red: own,
      callers: incoming.map((e) => ({ caller: e.caller, red: { ...own, rate: e.red.rate * share } })),
    };
  });
}

export function redSeries(shop, params) {
  const to = Math.floor(Date.now() / 10_000) * 10;
  const from = params.has("from") ? Date.parse(params.get("from")) / 1000 : to - 900;
  const stepSeconds = Math.max(10, Math.round((to - from) / 90));
  const { edges } = topology(shop);
  const service = params.get("service");
  const caller = params.get("caller");
  const groupBy = params.get("groupBy") ?? "service";
  const chosen = edges.filter((e) => (!service || e.callee === service) && (!caller || e.caller === caller));
  const keys = keysFor(groupBy, chosen, params.get("method"));
  const series = keys.map(({ key, weight, edge, sick }) => ({
    key,
    points: Array.from({ length: 90 }, (_, n) => {
      const at = to - (90 - n) * stepSeconds;
      const rate = edge.red.rate * weight * (0.72 + 0.56 * wave(JSON.stringify(key), at));
      const bad =
        sick && shop.scenario === "failing"
          ? Math.max(0, wave(`err${JSON.stringify(key)}`, at * 2) - 0.45) * 0.5
          : 0.0004;
      const p50 = (edge.red.p50Millis || 1) * (0.85 + 0.3 * wave(`p${JSON.stringify(key)}`, at));
      return {
        at: new Date(at * 1000).toISOString(),
        calls: Math.round(rate * stepSeconds),
        errors: Math.round(rate * stepSeconds * bad),
        rate,
        errorShare: bad,
        p50Millis: p50,
        p90Millis: p50 * (2 + bad * 3),
        p99Millis: p50 * (4.6 + bad * 22),
      };
    }),
  }));
  return {
    stepSeconds,
    from: new Date((to - 90 * stepSeconds) * 1000).toISOString(),
    to: new Date(to * 1000).toISOString(),
    series,
    notes: [],
  };
}

function keysFor(groupBy, edges, method) {
  const sick = (e) => e.callee === "payments";
  if (groupBy === "caller")
    return edges.map((edge) => ({
      key: { caller: edge.caller, service: edge.callee },
      weight: 1,
      edge,
      sick: sick(edge),
    }));
  if (groupBy === "instance") {
    return edges.flatMap((edge) =>
      edge.instances.map((i) => ({
        key: { service: edge.callee, instance: i.instance },
        weight: i.share,
        edge,
        sick: i.instance === "payments-2",
      })),
    );
  }
  if (groupBy === "method" || method) {
    return edges.flatMap((edge) =>
      METHODS[edge.callee]
        .filter(([m]) => !method || m === method)
        .map(([m, , , share], n) => ({
          key: { service: edge.callee, method: m },
          weight: share,
          edge,
          sick: sick(edge) && n === 0,
        })),
    );
  }
  return edges.map((edge) => ({ key: { service: edge.callee }, weight: 1, edge, sick: sick(edge) }));
}

export function system(shop) {
  const down = shop.scenario === "registry-down";
  return {
    env: "demo",
    version: "0.1.0",
    startedAt: new Date(Date.now() - 3_600_000).toISOString(),
    registry: {
      connected: !down,
      revision: shop.revision,
      ageMillis: down ? 42_000 : 300,
      detail: down ? "127.0.0.1:2379: connection refused; showing what was known 42 s ago" : "127.0.0.1:2379",
    },
    intake: {
      spansReceived: 182_244,
      spansPerSecond: shop.scenario === "empty" ? 0 : 1_240,
      spansDropped: shop.dropping ? 3_120 : 0,
      spansDroppedPerSecond: shop.dropping ? 84 : 0,
      truncatedValues: 12,
      metricPointsReceived: 88_120,
      metricPointsRejected: 0,
      logsReceived: 0,
      logsDropped: 0,
      rejectedRequests: 0,
      queueDepth: 3,
    },
    traceStore: {
      traces: 41_204,
      spans: 502_118,
      bytes: 448_233_111,
      maxBytes: 2_147_483_648,
      oldest: new Date(Date.now() - 3_000_000).toISOString(),
      retentionHours: 24,
      corruptFragments: 0,
      notice: "",
    },
    recorders: recordersInShort(shop),
    alerts: alertsInShort(shop),
    processes: shop.instances.filter((i) => i.alive).length + 1,
    ignoredRegistryValues: [],
    grafana: grafanaState(shop),
    certificates: [],
    stores: {
      traces: askedStore("jaeger", "Jaeger at http://127.0.0.1:16686", null, [
        "A search without a start looks back 48 hours.",
      ]),
      metrics: askedStore("prometheus", "Prometheus at http://127.0.0.1:9090", 1_296_000, [
        "Prometheus counts between its scrapes: numbers are close, not exact, in steps of 30 s or more.",
      ]),
    },
  };
}

function askedStore(kind, where, reachSeconds, limits) {
  const checkedAt = new Date().toISOString();
  return { kind, where, up: true, detail: "", checkedAt, reachSeconds, limits };
}

/** None, unless /mock/grafana/on or /mock/grafana/away has been played; its pages are the mock's own. */
function grafanaState({ grafana }) {
  if (!grafana) return null;
  const up = grafana.how === "on";
  return {
    url: null,
    port: grafana.port,
    path: "/grafana/",
    up,
    detail: up ? "" : "Grafana at 127.0.0.1:3000 cannot be reached: Connection refused",
    version: up ? "12.3.0" : null,
    checkedAt: new Date().toISOString(),
    dashboards: [
      { uid: "clearspan-service", title: "Service", variables: ["job", "instance", "service", "method"] },
    ],
  };
}
