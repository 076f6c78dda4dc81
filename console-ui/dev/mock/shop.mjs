// The simulated shop: who is where, what it weighs, what its breakers say, and how traffic follows.
import { around } from "./random.mjs";

const now = () => new Date().toISOString();
const ago = (millis) => new Date(Date.now() - millis).toISOString();

export const METHODS = {
  storefront: [
    ["shop.Storefront/Checkout", "EXTERNAL", false, 0.3],
    ["shop.Storefront/Browse", "QUERY", true, 0.7],
  ],
  orders: [
    ["shop.Orders/Place", "WRITE", false, 0.4],
    ["shop.Orders/Get", "QUERY", true, 0.6],
  ],
  inventory: [
    ["shop.Inventory/Reserve", "WRITE", true, 0.35],
    ["shop.Inventory/Stock", "QUERY", true, 0.65],
  ],
  payments: [
    ["shop.Payments/Charge", "EXTERNAL", false, 0.8],
    ["shop.Payments/Refund", "EXTERNAL", true, 0.2],
  ],
  shipping: [
    ["shop.Shipping/Quote", "QUERY", true, 0.75],
    ["shop.Shipping/Book", "WRITE", true, 0.25],
  ],
  ledger: [["shop.Ledger/Append", "WRITE", true, 1]],
};

const CALLS = [
  // caller, callee, calls per second, median ms
  ["shopper", "storefront", 182, 6.2],
  ["storefront", "orders", 164, 4.1],
  ["orders", "inventory", 212, 0.74],
  ["orders", "payments", 66, 3.4],
  ["orders", "shipping", 88, 1.3],
  ["payments", "ledger", 61, 0.52],
];

const COUNTS = { storefront: 1, orders: 2, inventory: 3, payments: 3, shipping: 2, ledger: 1 };

export function createShop() {
  let revision = 471;
  const instances = [];
  for (const [service, count] of Object.entries(COUNTS)) {
    for (let n = 1; n <= count; n++) instances.push(newInstance(service, n));
  }
  const shop = {
    scenario: "failing",
    instances,
    policies: { payments: { revision: 455, policy: startPolicy() } },
    forced: [],
    kept: [],
    alerting: null,
    audit: [],
    acks: new Map(),
    silentProcess: null,
    listeners: new Set(),
    get revision() {
      return revision;
    },
    nextRevision: () => ++revision,
    emit: (topic) => {
      for (const listener of shop.listeners) listener(topic);
    },
  };
  seedAudit(shop);
  return shop;
}

function newInstance(service, n) {
  return {
    service,
    id: `${service}-${n}`,
    host: "127.0.0.1",
    port: 20000 + Math.floor(Math.random() * 9000),
    zone: n % 2 ? "a" : "b",
    version: service === "payments" && n === 3 ? "1.9.0-rc2" : "1.8.2",
    started: ago(3_600_000 * 5 + n * 40_000),
    base: 100,
    control: null,
    effective: 100,
    observed: null,
    alive: true,
    deadSince: null,
    breaker: "CLOSED",
    breakerSince: ago(240_000),
    probeAt: null,
    pid: 4100 + Math.floor(Math.random() * 900),
    incarnation: Math.random().toString(16).slice(2, 10),
  };
}

export function spawn(shop, service) {
  const n = shop.instances.filter((i) => i.service === service).length + 1;
  const instance = newInstance(service, n);
  instance.started = now();
  instance.effective = 10;
  shop.instances.push(instance);
  shop.emit("topology");
  return instance;
}

export function kill(shop, id) {
  const instance = shop.instances.find((i) => i.id === id);
  if (!instance) return null;
  instance.alive = !instance.alive;
  instance.deadSince = instance.alive ? null : now();
  shop.emit("topology");
  return instance;
}

const startPolicy = () => ({
  service: {
    balancer: { algorithm: "SMOOTH_WEIGHTED_ROUND_ROBIN", slowStart: "10s" },
    retry: { maxAttempts: 3, initialBackoff: "0.100s" },
    breaker: { consecutiveFailures: 5, failureRate: 0.5, minimumCalls: 20, window: "10s", open: "5s" },
  },
  methods: { "shop.Payments/Charge": { deadline: { timeout: "2s" } } },
});

export const DEFAULTS = {
  deadline: { timeout: "1s", max: "300s" },
  balancer: { algorithm: "P2C_PEAK_EWMA", slowStart: "10s" },
  retry: {
    maxAttempts: 3,
    initialBackoff: "0.100s",
    maxBackoff: "1s",
    retryableCodes: ["UNAVAILABLE"],
    budgetTokens: 10,
  },
  outlier: { enabled: true, interval: "5s", errorFactor: 3, latencyFactor: 5, maxLeftOut: 0.5 },
  breaker: {
    enabled: true,
    consecutiveFailures: 5,
    failureRate: 0.5,
    minimumCalls: 20,
    window: "10s",
    open: "5s",
    maxOpen: "60s",
    halfOpenProbes: 3,
  },
  telemetry: { headSampleRate: 1 },
};

function seedAudit(shop) {
  const row = (millis, author, action, service, key, reason, rev, before, after) =>
    shop.audit.push({
      id: `01K${(Date.now() - millis).toString(36).toUpperCase()}${rev}`,
      at: ago(millis),
      author,
      action,
      service,
      key,
      reason,
      revision: rev,
      before,
      after,
    });
  row(
    9_200_000,
    "ada",
    "policy.put",
    "payments",
    "svc/payments/ctl/policy",
    "charge needs more than 1 s since the bank moved",
    455,
    { service: { retry: { maxAttempts: 3 } } },
    startPolicy(),
  );
  row(
    7_900_000,
    "lin",
    "breaker.force",
    "shipping",
    "svc/shipping/ctl/breaker",
    "carrier maintenance 14:00",
    460,
    null,
    { forced: [{ caller: "orders", state: "OPEN", reason: "carrier maintenance 14:00", author: "lin" }] },
  );
  row(
    6_100_000,
    "lin",
    "breaker.clear",
    "shipping",
    "svc/shipping/ctl/breaker",
    "carrier is back",
    463,
    { forced: [{ caller: "orders", state: "OPEN", reason: "carrier maintenance 14:00", author: "lin" }] },
    null,
  );
  row(
    900_000,
    "external",
    "external",
    "inventory",
    "svc/inventory/ctl/instance/inventory-3",
    "changed outside the console",
    468,
    { weight: 40 },
    null,
  );
  row(
    420_000,
    "ada",
    "instance.control",
    "payments",
    "svc/payments/ctl/instance/payments-3",
    "canary 1.9.0-rc2 at half weight",
    471,
    null,
    { weight: 50, reason: "canary 1.9.0-rc2 at half weight", author: "ada", sticky: false },
  );
  shop.audit.reverse();
  const canary = shop.instances.find((i) => i.id === "payments-3");
  canary.control = {
    weight: 50,
    drain: false,
    eject: false,
    reason: "canary 1.9.0-rc2 at half weight",
    author: "ada",
    expiresAt: new Date(Date.now() + 5_400_000).toISOString(),
    sticky: false,
    revision: 471,
  };
  canary.effective = 50;
}

export const configured = (i) => (i.control?.drain || i.control?.eject ? 0 : (i.control?.weight ?? i.base));

/** One step of the world, 250 ms. */
export function step(shop) {
  for (const i of shop.instances) {
    const target = i.alive && i.breaker !== "OPEN" ? configured(i) : 0;
    i.effective += (target - i.effective) * 0.55;
    if (Math.abs(i.effective - target) < 0.5) i.effective = target;
  }
  for (const service of Object.keys(COUNTS)) {
    const all = shop.instances.filter((i) => i.service === service);
    const sum = all.reduce((s, i) => s + i.effective, 0) || 1;
    for (const i of all) {
      const share = i.effective / sum;
      i.observed = i.observed == null ? share : i.observed + (around(share, 0.03) - i.observed) * 0.12;
    }
  }
  stepBreaker(shop);
}

function stepBreaker(shop) {
  const sick = shop.instances.find((i) => i.id === "payments-2");
  const age = Date.now() - Date.parse(sick.breakerSince);
  const to = (state, millis) => {
    sick.breaker = state;
    sick.breakerSince = now();
    sick.probeAt = millis ? new Date(Date.now() + millis).toISOString() : null;
    shop.emit("breakers");
    shop.emit("topology");
  };
  if (shop.scenario !== "failing") {
    if (sick.breaker !== "CLOSED") to("CLOSED", 0);
  } else if (sick.breaker === "CLOSED" && age > 14_000) to("OPEN", 9_000);
  else if (sick.breaker === "OPEN" && age > 9_000) to("HALF_OPEN", 0);
  else if (sick.breaker === "HALF_OPEN" && age > 4_000) to("CLOSED", 0);
}

export const callsOf = () => CALLS;
export const countOf = (shop, service) =>
  Math.max(1, shop.instances.filter((i) => i.service === service && i.alive).length);

export function processes(shop, service) {
  const callers = CALLS.filter(([, callee]) => callee === service).map(([caller]) => caller);
  const list = [];
  for (const i of shop.instances) {
    if (!i.alive) continue;
    if (i.service === service)
      list.push({
        processId: `${i.id}.${i.incarnation}`,
        service: i.service,
        instance: i.id,
        role: "server",
      });
    else if (callers.includes(i.service))
      list.push({
        processId: `${i.id}.${i.incarnation}`,
        service: i.service,
        instance: i.id,
        role: "caller",
      });
  }
  if (callers.includes("shopper"))
    list.push({ processId: "shopper.7f3a", service: "shopper", instance: null, role: "caller" });
  return list;
}

/** Records a change, then lets each process acknowledge it after its own delay. */
export function commit(shop, { service, action, key, reason, author, before, after, guarded = false }) {
  const revision = shop.nextRevision();
  const at = now();
  const id = `01K${Date.now().toString(36).toUpperCase()}${revision}`;
  shop.audit.unshift({ id, at, author, action, service, key, reason, revision, before, after, guarded });
  const all = processes(shop, service).map((p) => ({
    ...p,
    state: "pending",
    appliedRevision: revision - 1,
    millis: null,
    detail: "",
    ignored: [],
  }));
  const acks = {
    service,
    revision,
    committedAt: at,
    total: all.length,
    applied: 0,
    slowestMillis: null,
    complete: false,
    processes: all,
  };
  shop.acks.set(`${service}@${revision}`, acks);
  const started = Date.now();
  for (const p of all) {
    const delay = 40 + Math.random() * 260 + (p.processId.startsWith("orders-2") ? 700 : 0);
    if (shop.silentProcess && p.processId.startsWith(shop.silentProcess)) {
      setTimeout(() => {
        p.state = "silent";
        p.detail = "no status since 3 s";
        shop.emit("acks");
      }, 3000);
      continue;
    }
    setTimeout(() => {
      Object.assign(p, { state: "applied", appliedRevision: revision, millis: Date.now() - started });
      acks.applied++;
      acks.slowestMillis = Math.max(acks.slowestMillis ?? 0, p.millis);
      acks.complete = acks.applied === acks.total;
      all.sort((a, b) => (a.state === "applied") - (b.state === "applied"));
      shop.emit("acks");
    }, delay);
  }
  for (const topic of ["audit", "acks", "breakers", "topology"]) shop.emit(topic);
  return { service, revision, auditId: id, at };
}
