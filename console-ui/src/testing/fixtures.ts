import type { Account } from "@/lib/api/rights";
import type {
  AckProcess,
  Acks,
  AskedStore,
  AuditRow,
  Breaker,
  Edge,
  EdgeBreaker,
  ForcedBy,
  InstanceDetail,
  InstanceNode,
  MethodSummary,
  Red,
  ServiceNode,
  Session,
  SystemState,
  Topology,
} from "@/lib/api/types";

export const sessionOf = (user: Account): Session => ({
  user: { name: "ada", kind: "user", ...user },
  csrfToken: "c",
  expiresAt: "2036-01-01T00:00:00Z",
  env: "test",
  version: "0.1.0",
});

export const red = (rate = 100, errorShare = 0, p50Millis: number | null = 2): Red => ({
  rate,
  errorShare,
  p50Millis,
  p90Millis: p50Millis === null ? null : p50Millis * 2,
  p99Millis: p50Millis === null ? null : p50Millis * 4,
});

export const instance = (id: string, more: Partial<InstanceNode> = {}): InstanceNode => ({
  id,
  state: "up",
  unreachable: null,
  host: "127.0.0.1",
  port: 9000,
  zone: "a",
  version: "1.0",
  startedAt: null,
  weight: {
    configured: 100,
    base: 100,
    override: null,
    effective: 100,
    configuredShare: 0.5,
    effectiveShare: 0.5,
    observedShare: 0.5,
  },
  red: red(50),
  ...more,
});

export const detail = (id: string, more: Partial<InstanceDetail> = {}): InstanceDetail => ({
  ...instance(id),
  control: null,
  tags: {},
  protocols: ["clearspan/1"],
  incarnation: "1",
  libraryVersion: null,
  pid: null,
  ...more,
});

export const service = (name: string, more: Partial<ServiceNode> = {}): ServiceNode => ({
  service: name,
  kind: "service",
  health: "ok",
  red: red(),
  instances: [instance(`${name}-1`)],
  processes: 1,
  breakers: { open: 0, halfOpen: 0, forced: 0 },
  ...more,
});

export function edge(caller: string, callee: string, more: Partial<Edge> = {}): Edge {
  const target = (id: string, breaker: EdgeBreaker) => ({ instance: id, share: 0.5, red: red(50), breaker });
  return {
    caller,
    callee,
    health: "ok",
    red: red(),
    breaker: "closed",
    retriesPerSecond: 0,
    instances: [target(`${callee}-1`, "closed"), target(`${callee}-2`, "closed")],
    ...more,
  };
}

export const topology = (services: ServiceNode[], edges: Edge[]): Topology => ({
  env: "test",
  at: "2026-01-01T00:00:00Z",
  windowSeconds: 10,
  revision: 7,
  services,
  edges,
  dependencies: [],
  dependencyEdges: [],
});

export const shop = () =>
  topology(
    ["shopper", "orders", "payments", "inventory"].map((name) => service(name)),
    [edge("shopper", "orders"), edge("orders", "payments"), edge("orders", "inventory")],
  );

export const breaker = (more: Partial<Breaker> = {}): Breaker => ({
  caller: "orders",
  service: "payments",
  method: "",
  instance: "",
  computed: "CLOSED",
  forced: null,
  since: null,
  probeAt: null,
  cause: "",
  forcedBy: null,
  processes: 2,
  callers: 2,
  red: red(),
  ...more,
});

export const forcedBy = (more: Partial<ForcedBy> = {}): ForcedBy => ({
  author: "ada",
  reason: "bank is down",
  caller: "orders",
  method: "",
  instance: "",
  since: null,
  expiresAt: null,
  ...more,
});

export const ackProcess = (
  id: string,
  state: AckProcess["state"],
  more: Partial<AckProcess> = {},
): AckProcess => ({
  processId: id,
  service: "orders",
  instance: id,
  role: "caller",
  state,
  appliedRevision: 0,
  millis: null,
  detail: "",
  ignored: [],
  ...more,
});

export function acks(processes: AckProcess[], more: Partial<Acks> = {}): Acks {
  const applied = processes.filter((p) => p.state === "applied").length;
  return {
    service: "payments",
    revision: 472,
    committedAt: "2026-01-01T00:00:00Z",
    total: processes.length,
    applied,
    slowestMillis: applied ? 240 : null,
    complete: applied === processes.length,
    processes,
    ...more,
  };
}

export const auditRow = (id: string, revision: number, more: Partial<AuditRow> = {}): AuditRow => ({
  id,
  at: "2026-01-01T00:00:00Z",
  author: "ada",
  action: "instance.control",
  service: "payments",
  key: "svc/payments/ctl/instance/payments-2",
  reason: "slow",
  revision,
  before: null,
  after: { weight: 25 },
  ...more,
});

export const method = (name: string, more: Partial<MethodSummary> = {}): MethodSummary => ({
  method: name,
  kind: "QUERY",
  idempotent: true,
  red: red(),
  callers: [],
  ...more,
});

export const store = (more: Partial<AskedStore> = {}): AskedStore => ({
  kind: "h2",
  where: "",
  up: true,
  detail: "",
  checkedAt: null,
  reachSeconds: null,
  limits: [],
  ...more,
});

export const system = (more: Partial<SystemState> = {}): SystemState => ({
  env: "test",
  version: "0.1.0",
  startedAt: "2026-01-01T00:00:00Z",
  registry: { connected: true, revision: 7, ageMillis: 300, detail: "" },
  intake: {
    spansReceived: 1000,
    spansPerSecond: 20,
    spansDropped: 0,
    spansDroppedPerSecond: 0,
    truncatedValues: 0,
    metricPointsReceived: 500,
    metricPointsRejected: 0,
    logsReceived: 0,
    logsDropped: 0,
    rejectedRequests: 0,
    queueDepth: 0,
  },
  traceStore: {
    traces: 100,
    spans: 1000,
    bytes: 1_000_000,
    maxBytes: 2_000_000_000,
    oldest: "2026-01-01T00:00:00Z",
    retentionHours: 24,
    corruptFragments: 0,
    notice: "",
  },
  recorders: { reporting: 3, lostPerSecond: 0, shedding: 0 },
  processes: 3,
  ignoredRegistryValues: [],
  grafana: null,
  certificates: [],
  stores: {
    traces: store({ kind: "h2", where: "a file of this console" }),
    metrics: store({ kind: "memory", where: "this console's memory", reachSeconds: 900 }),
  },
  ...more,
});
