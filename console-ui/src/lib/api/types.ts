// The console's public API, /api/v1. console-backend serves the same as OpenAPI (openapi.json).
// Times are ISO-8601 UTC strings, durations carry their unit in the name, shares are 0..1,
// revisions are etcd revisions. Errors are application/problem+json (Problem).

export interface Problem {
  type: string; // "about:blank" or /problems/<slug>
  title: string; // what was wrong
  status: number;
  detail: string; // found, expected, what to do
  field?: string; // 422: which field
  current?: { revision: number; value: unknown } | null; // 409: what is stored now
  traceId?: string; // 500: reference to the console's log
  absence?: Absence; // 404 of a trace: why it is not there
}

// ---------------------------------------------------------------- session and identity
export type Role = "viewer" | "operator" | "admin";
export interface User {
  name: string;
  role: Role;
  services: string[]; // those they may steer; empty: all
  createdAt: string;
  lastSignIn: string | null;
  issuer: string | null; // the provider they sign in with; null: a password
}
// GET /session (401 when signed out) · POST /session {username,password} | {oneTimeToken} · DELETE /session
// Cookie "clearspan_session" (HttpOnly, SameSite=Strict); non-GET requests by cookie carry X-CSRF-Token.
// Bearer tokens need no CSRF header.
export interface Session {
  user: { name: string; role: Role; services: string[]; kind: "user" | "external" | "guest" | "token" };
  csrfToken: string;
  expiresAt: string;
  env: string;
  version: string;
}
// DELETE /session, /sessions
export interface SignedOut {
  goTo: string | null; // the provider's page of sign-out; it sends the browser back to /sign-in?state=..
  state: string | null;
  stillAt: string | null; // the issuer where one may still be signed in, if it has no such page
}
// PUT /session/password {currentPassword, newPassword} -> Session (other sessions end) · DELETE /sessions: everywhere
// GET /setup {required} · POST /setup {token, username, password} creates the first admin and signs in
// GET /oidc/sign-in?to=/path sends the browser to the provider, which sends it back; a failure ends at /sign-in?problem=word
export interface SetupState {
  required: boolean;
  provider: { label: string; available: boolean } | null;
}
// POST /sign-in-links {role, name, ttlSeconds} (admin) -> {oneTimeToken, path: "/sign-in#token=...", expiresAt}
export interface SignInLink {
  oneTimeToken: string;
  path: string;
  expiresAt: string;
}
// GET /users · POST /users {name,password,role,services?} · PUT /users/{name} {role?,services?,password?} · DELETE /users/{name}
// GET /tokens · POST /tokens {name,role,services?,ttlSeconds?} -> TokenCreated · DELETE /tokens/{id}
export interface Token {
  id: string;
  name: string;
  role: Role;
  services: string[];
  createdAt: string;
  expiresAt: string | null;
  lastUsed: string | null;
}
export interface TokenCreated extends Token {
  secret: string;
}

// GET /account-changes?limit=50, newest first
export interface AccountChange {
  at: string;
  author: string;
  action: string;
  subject: string;
  detail: string;
}

// ---------------------------------------------------------------- system
// GET /system
export interface SystemState {
  env: string;
  version: string;
  startedAt: string;
  registry: { connected: boolean; revision: number; ageMillis: number; detail: string };
  intake: {
    spansReceived: number;
    spansPerSecond: number;
    spansDropped: number;
    spansDroppedPerSecond: number;
    truncatedValues: number;
    metricPointsReceived: number;
    metricPointsRejected: number;
    logsReceived: number;
    logsDropped: number;
    rejectedRequests: number;
    queueDepth: number;
  };
  traceStore: {
    traces: number;
    spans: number;
    bytes: number;
    maxBytes: number;
    oldest: string | null;
    retentionHours: number;
    corruptFragments: number;
    notice: string; // what an operator must know; empty if nothing
  };
  recorders: { reporting: number; lostPerSecond: number; shedding: number }; // in short; GET /recorders
  processes: number; // with a live status document
  ignoredRegistryValues: { key: string; reason: string }[];
  grafana: GrafanaState | null; // null: not configured
  certificates: { port: string; subject: string; validUntil: string; endsSoon: boolean; fault: string }[];
  stores: { traces: AskedStore; metrics: AskedStore };
}

// GET /recorders: what each process keeps, loses and sheds of its calls
export interface RecorderState {
  lostPerSecond: number;
  shedding: number;
  shortestHorizonSeconds: number | null;
  processes: ProcessRecorder[]; // who loses or sheds first
}
// Counts since the console heard of the process.
export interface ProcessRecorder {
  process: string;
  service: string;
  instance: string;
  heardAt: string;
  horizonSeconds: number | null; // how far back its ring reaches
  produced: number;
  exported: number;
  kept: Record<string, number>; // by reason
  lost: Record<string, number>; // by stage
  lostPerSecond: number;
  lostAt: string | null;
  shed: number;
  shedShare: number; // of its traces, now
}

// ---------------------------------------------------------------- topology
export type Health = "ok" | "warn" | "bad" | "unknown";
export type BreakerState = "CLOSED" | "OPEN" | "HALF_OPEN" | "DISABLED";
// Worst over the edge's breakers; forced_* wins.
export type EdgeBreaker = "closed" | "half_open" | "open" | "forced_open" | "forced_closed" | "disabled";
export interface Red {
  rate: number;
  errorShare: number;
  p50Millis: number | null;
  p90Millis: number | null;
  p99Millis: number | null;
} // rate: calls/s over the window
export type InstanceState = "up" | "draining" | "suspect" | "gone" | "ejected";
export interface InstanceNode {
  id: string;
  state: InstanceState;
  // Callers that report it unreachable now; state "gone" when all of its callers do, or its key is deleted.
  unreachable: { reporters: number; callers: number; since: string; cause: string } | null;
  host: string;
  port: number;
  zone: string;
  version: string;
  startedAt: string | null;
  weight: Weights;
  red: Red; // as its callers see it
}
export interface Weights {
  configured: number; // override, else base
  base: number;
  override: number | null;
  effective: number; // mean of what its callers have in force (slow start, drain, eject, breaker)
  configuredShare: number; // of the service's up instances
  effectiveShare: number;
  observedShare: number | null; // of attempts in the window; null without traffic
}
export interface ServiceNode {
  service: string;
  kind: "service" | "client" | "external"; // client: calls, but serves nothing; external: see Dependency, on the map only
  health: Health;
  red: Red; // as its callers see it
  instances: InstanceNode[];
  processes: number;
  breakers: { open: number; halfOpen: number; forced: number };
}
export interface EdgeInstance {
  instance: string;
  share: number;
  red: Red;
  breaker: EdgeBreaker;
}
export interface Edge {
  caller: string;
  callee: string;
  health: Health;
  red: Red;
  breaker: EdgeBreaker;
  retriesPerSecond: number;
  instances: EdgeInstance[];
}
// GET /topology?windowSeconds=10
export interface Topology {
  env: string;
  at: string;
  windowSeconds: number;
  revision: number;
  services: ServiceNode[];
  edges: Edge[];
  dependencies: Dependency[];
  dependencyEdges: DependencyEdge[];
}
export type DependencyKind = "database" | "cache" | "queue" | "http" | "rpc";
/** What services call that is none of theirs. Its numbers are of kept traces: no totals, and no share of errors. */
export interface Dependency {
  id: string;
  kind: DependencyKind;
  system: string; // postgresql, kafka, http
  name: string; // of the database or destination; may be empty
  address: string; // may be empty
  health: Health; // warn when calls fail; never bad
  red: Red;
}
export interface DependencyEdge {
  caller: string;
  dependency: string;
  health: Health;
  red: Red;
}

/** What leads from one topology to the next. */
export interface TopologyPatch {
  at: string;
  revision: number;
  services: ServiceNode[];
  goneServices: string[];
  edges: Edge[];
  goneEdges: { caller: string; callee: string }[];
  // All of them if one is not as it was; null: they are as they were.
  dependencies: Dependency[] | null;
  dependencyEdges: DependencyEdge[] | null;
}

// GET /topology/layout/{wide|narrow} -> Layout · PUT {boxes, anew?} places boxes for everybody (operators)
export interface Layout {
  boxes: Place[];
}
export interface Place {
  id: string; // a service, or "~" and a dependency's id
  x: number; // of the upper left corner, px
  y: number;
}

// ---------------------------------------------------------------- services
// GET /services
export interface ServiceSummary {
  service: string;
  health: Health;
  red: Red;
  instances: { up: number; draining: number; gone: number; total: number };
  methods: number;
  callers: string[];
  callees: string[];
}
// GET /services/{s}
export interface ServiceDetail extends ServiceSummary {
  policyRevision: number;
  pipeline: { process: string; stages: { name: string; description: string }[] }[];
}
// GET /services/{s}/instances -> InstanceDetail[]
export interface InstanceControl {
  weight?: number;
  drain?: boolean;
  eject?: boolean;
  reason: string;
  author: string;
  expiresAt: string | null;
  sticky: boolean;
  revision: number;
}
export interface InstanceDetail extends InstanceNode {
  control: InstanceControl | null;
  tags: Record<string, string>;
  protocols: string[];
  incarnation: string;
  libraryVersion: string | null;
  pid: number | null;
}
// GET /services/{s}/outages -> Outage[], those that go on first
export type OutageKind = "unreachable" | "outlier" | "breaker" | "not_ready" | "vanished";
export interface Outage {
  instance: string;
  kind: OutageKind;
  cause: string;
  since: string;
  until: string | null;
  reporters: number;
}
// GET /services/{s}/methods -> MethodSummary[]
export interface MethodSummary {
  method: string;
  kind: string | null;
  idempotent: boolean | null;
  red: Red;
  callers: { caller: string; red: Red }[];
}

// PUT /services/{s}/instances/{id}/control, If-Match: "<revision>" optional ("0": must not exist; absent: any)
// Everything left out is lifted; nothing set deletes the override.
export interface InstanceControlRequest {
  weight?: number | null;
  drain?: boolean;
  eject?: boolean;
  reason: string;
  ttlSeconds?: number | null;
  sticky?: boolean;
}
// PUT /services/{s}/control: several instances in one transaction
export interface BatchControlRequest {
  reason: string;
  ttlSeconds?: number | null;
  instances: Record<string, { weight?: number | null; drain?: boolean; eject?: boolean; sticky?: boolean }>;
}
export interface ChangeResult {
  service: string;
  revision: number;
  auditId: string;
  at: string;
}

// GET /services/{s}/acks?revision=N
export interface Acks {
  service: string;
  revision: number;
  committedAt: string | null;
  total: number; // processes concerned: callers and servers of the service
  applied: number;
  slowestMillis: number | null; // commit to in force, of those applied
  complete: boolean;
  processes: AckProcess[]; // pending and refused first
}
export interface AckProcess {
  processId: string;
  service: string;
  instance: string | null;
  role: "caller" | "server";
  state: "applied" | "pending" | "refused" | "silent";
  appliedRevision: number;
  millis: number | null;
  detail: string;
  ignored: string[]; // fields of the policy that its version does not know
}

// GET /topology?at= -> Topology as it was · GET /topology/history -> TopologyPast
export interface TopologyPast {
  everySeconds: number;
  keptSeconds: number;
  moments: PastMoment[]; // oldest first
}
export interface PastMoment {
  at: string;
  rate: number; // calls a second over all edges
  errorShare: number;
  notUp: number; // instances that were not up
  breakers: number; // edges whose breaker was not plainly closed
}

// ---------------------------------------------------------------- policy
// GET /services/{s}/policy -> PolicyDocument, ETag: "<revision>" · PUT body ServicePolicy JSON, If-Match required ("0" when there is none), ?reason= required -> ChangeResult
export interface PolicyDocument {
  service: string;
  revision: number;
  policy: Record<string, unknown>;
  guard: Guard | null; // while it is on trial
  effectiveDefaults: Record<string, unknown>;
}
// GET /services/{s}/policy/effective?method= -> EffectivePolicy
export interface EffectivePolicy {
  service: string;
  method: string;
  revision: number;
  fields: EffectiveField[]; // those that have a value, by path
}
export interface EffectiveField {
  field: string; // "retry.maxAttempts"
  value: unknown;
  from: "method" | "service" | "code" | "default"; // the layer that won, but for `callers`
  callers: { caller: string; value: unknown }[]; // whose code asks for something else, and gets it
}
// POST /services/{s}/policy/check, body ServicePolicy JSON -> DraftAudience, or 422 as PUT
export interface DraftAudience {
  processes: number;
  unknown: { field: string; processes: number; examples: string[] }[];
}
// GET /services/{s}/policy/versions -> PolicyVersion[] · POST /services/{s}/policy/rollback {auditId, reason}, If-Match -> ChangeResult
export interface PolicyVersion {
  auditId: string;
  revision: number;
  at: string;
  author: string;
  reason: string;
  action: string; // how it came about: "policy.put", "policy.revert" of a trial, ...
  guarded: boolean; // was on trial
  policy: Record<string, unknown> | null;
}
// A policy on trial: PUT with {..., guard: {maxErrorShare?, maxP99?, minimumCalls?, duration?}}
export interface Guard {
  maxErrorShare: number | null;
  maxP99Millis: number | null;
  minimumCalls: number;
  since: string;
  until: string;
  previousRevision: number; // what it goes back to; 0: to none
  author: string;
}
// GET /services/{s}/policy/guard -> GuardReport (404: not on trial) · POST .../guard/keep and .../guard/revert ?reason=, If-Match -> ChangeResult
export interface GuardReport {
  service: string;
  revision: number;
  guard: Guard;
  figures: {
    windowSeconds: number;
    calls: number;
    errors: number;
    errorShare: number | null;
    p99Millis: number | null;
  };
  at: string;
}

// GET /services/{s}/telemetry/keep -> KeptCaller[] · POST KeepRequest -> ChangeResult
// DELETE ?caller=&method=&reason= -> ChangeResult. Orders are a part of the policy document.
export interface KeptCaller {
  caller: string;
  method: string; // "" = all
  since: string;
  until: string;
  reason: string;
  author: string;
  revision: number; // of the policy that contains it
}
export interface KeepRequest {
  caller: string;
  method?: string;
  seconds: number; // 1 to 3,600
  reason: string;
}

// ---------------------------------------------------------------- breakers
// GET /breakers -> Breaker[]: one row per caller x service x method x instance that is not plainly closed, plus one per caller x service
// The entry that forces it: it may name less than the breaker, and it is what has to be lifted ("" = all).
export interface ForcedBy {
  author: string;
  reason: string;
  caller: string;
  method: string;
  instance: string;
  since: string | null;
  expiresAt: string | null;
}
export interface Breaker {
  caller: string;
  service: string;
  method: string;
  instance: string; // "" = all
  computed: BreakerState;
  forced: BreakerState | null;
  since: string | null; // of the computed state
  probeAt: string | null;
  cause: string;
  forcedBy: ForcedBy | null;
  processes: number; // caller processes in this state; of a whole edge all, or those that applied the forcing
  callers: number; // caller processes with a channel to the service
  red: Red;
}
// PUT /services/{s}/breakers -> ChangeResult. state AUTO removes the entry with the same caller, method and instance.
export interface ForceBreakerRequest {
  caller?: string;
  method?: string;
  instance?: string;
  state: BreakerState | "AUTO";
  reason: string;
  ttlSeconds?: number | null;
}

// ---------------------------------------------------------------- traces
// GET /traces?service&method&status=ok|error|<code>&minDurationMillis&maxDurationMillis&attribute=key:value&from&to&limit=100
export interface TraceSearch {
  traces: TraceSummary[];
  truncated: boolean;
}
export interface TraceSummary {
  traceId: string;
  rootService: string;
  rootMethod: string;
  startedAt: string;
  durationMillis: number;
  spans: number;
  errors: number;
  services: string[];
  status: string;
  partial: boolean; // a part of it is missing, and is not on its way
  firstError: { service: string; method: string; status: string; message: string } | null;
}
// Why a trace is not there, as far as is known.
export interface Absence {
  cause: "SHED" | "LOST" | "UNKNOWN"; // the likeliest
  shed: ShedStretch[]; // in which it would have been shed, newest first
  lost: { service: string; instance: string; stage: string; count: number; at: string | null }[];
  retention: { hours: number; maxBytes: number; oldest: string | null };
  arrivalSeconds: number; // a call that ended less than this ago may be on its way
  reporting: number; // processes that report their recorders
}
export interface ShedStretch {
  service: string;
  from: string;
  to: string;
  share: number;
  count: number;
  processes: number;
  similarTraceId: string | null;
}
// GET /traces/{traceId}; 404: problem with absence
export interface Trace {
  traceId: string;
  startedAt: string;
  startEpochMicros: number;
  durationMicros: number;
  partial: boolean;
  spans: Span[];
}
// GET /traces/{id}/logs?limit= -> TraceLogs: what was logged within the trace, the earliest lines first
export interface TraceLogs {
  traceId: string;
  total: number;
  partial: boolean; // some are damaged
  logs: LogLine[];
}
export type Severity = "TRACE" | "DEBUG" | "INFO" | "WARN" | "ERROR" | "FATAL";
export interface LogLine {
  at: string;
  spanId: string | null;
  service: string;
  instance: string;
  logger: string;
  severity: Severity | "";
  severityText: string;
  body: string;
  attributes: Record<string, string | number | boolean>;
}
export interface Span {
  spanId: string;
  parentSpanId: string | null;
  service: string;
  instance: string;
  name: string;
  kind: "CLIENT" | "SERVER" | "INTERNAL" | "PRODUCER" | "CONSUMER";
  startOffsetMicros: number;
  durationMicros: number;
  statusCode: "UNSET" | "OK" | "ERROR";
  statusMessage: string;
  attributes: Record<string, string | number | boolean>;
  events: { name: string; offsetMicros: number; attributes: Record<string, string | number | boolean> }[];
}
// GET /failures?limit=50: the newest failed calls, for lists from which a trace ID is copied
export interface Failure {
  traceId: string;
  at: string;
  caller: string;
  service: string;
  method: string;
  status: string;
  message: string;
  durationMillis: number;
}

// ---------------------------------------------------------------- metrics
// GET /metrics/red?service&method&caller&groupBy=service|method|caller|instance&from&to (default: last 15 min, 10 s steps)
export interface RedSeries {
  stepSeconds: number;
  from: string;
  to: string;
  series: { key: Record<string, string>; points: RedPoint[] }[];
  notes: string[]; // what is missing or otherwise than asked for, a sentence each
}
export interface RedPoint {
  at: string;
  calls: number;
  errors: number;
  rate: number;
  errorShare: number;
  p50Millis: number | null;
  p90Millis: number | null;
  p99Millis: number | null;
}

// ---------------------------------------------------------------- audit
// GET /audit?service&author&action&limit=100&before=<id>
export interface AuditRow {
  id: string;
  at: string;
  author: string;
  action: string;
  service: string;
  key: string;
  reason: string;
  revision: number;
  before: unknown | null;
  after: unknown | null;
}

// ---------------------------------------------------------------- events
// GET /events?topics=topology,acks,breakers,audit,system (SSE). Each event: `id: <sequence>`, `event: <topic>`, `data: <json>`.
//   topology  Topology, at least every second and at once after a change of instances or breakers
//   acks      Acks of every change younger than 60 s, whenever a process applies it
//   breakers  Breaker[], on change
//   audit     AuditRow, new rows
//   system    SystemState, every 5 s
//   heartbeat {at}, every 2 s: silence of 5 s means the view is stale
// Last-Event-ID resumes; every connection starts with a full snapshot of its topics.

// ---------------------------------------------------------------- others
// GET /prometheus/targets: Prometheus http_sd, [{targets:["host:port"], labels:{job, instance, clearspan_service, clearspan_zone}}] (no sign-in from loopback)
// GET /openapi.json · GET /healthz (outside /api/v1: /healthz too)

/** A field's value and who sets it. */
export interface RuleSetting {
  value: unknown;
  layer: "METHOD" | "SERVICE" | "CODE_OR_DEFAULT";
}

export interface BreakerReplay {
  verdict: "OPENS" | "MAY_OPEN" | "STAYS_CLOSED";
  openings: number;
  openSeconds: number;
  firstAt: string | null;
  cause: string;
}

export interface PreviewSplit {
  methods: string[];
  callers: string[];
  algorithmBefore: string;
  algorithmAfter: string;
  instances: { instance: string; attempts: number; before: number | null; after: number | null }[];
}

/** What a draft of a policy would have made of the last minutes' calls. */
export interface PolicyPreview {
  service: string;
  revision: number;
  from: string;
  to: string;
  calls: number;
  rules: { field: string; methods: string[]; before: RuleSetting; after: RuleSetting; why: string }[];
  callers: { caller: string; processes: number; calls: number; methods: string[] }[];
  splits: PreviewSplit[];
  breakers: {
    caller: string;
    method: string;
    instance: string;
    before: BreakerReplay;
    after: BreakerReplay;
  }[];
  deadlines: {
    caller: string;
    method: string;
    field: string;
    limitMillis: number;
    calls: number;
    atLeast: number;
    atMost: number;
  }[];
  retries: {
    caller: string;
    method: string;
    calls: number;
    observed: number;
    before: number;
    after: number;
  }[];
  unpredicted: { field: string; why: string }[];
  examples: {
    about: string;
    traceId: string;
    method: string;
    startedAt: string;
    durationMillis: number;
    status: string;
  }[];
}

// ---------------------------------------------------------------- chains of the logs
// GET /audit/verify · GET /audit/export?format=json|csv&after&limit · POST /audit/accept {reason} (admin) -> AuditVerification
export interface ChainBreak {
  kind: "altered" | "removed" | "inserted" | "index";
  position: number;
  revision: number;
  id: string;
  detail: string;
}

export interface AuditVerification {
  rules: {
    verdict: "whole" | "broken" | "unread";
    rows: number;
    fromRevision: number;
    toRevision: number;
    since: string | null;
    head: string;
    start: string;
    dropped: number;
    breakCount: number;
    breaks: ChainBreak[];
  };
  accounts: {
    whole: boolean;
    rows: number;
    dropped: number;
    since: string;
    head: string;
    breaks: ChainBreak[];
  };
}

// Contracts ------------------------------------------------------------------------------------------------
export interface LiveVersion {
  /** Empty: these instances publish no descriptors. */
  hash: string;
  versions: string[];
  instances: string[];
  count: number;
  since: string | null;
  problem: string | null;
}

export interface FieldDoc {
  name: string;
  jsonName: string;
  number: number;
  type: string;
  reference: string | null;
  repeated: boolean;
  required: boolean;
  optional: boolean;
  oneof: string | null;
  fallback: string | null;
  deprecated: boolean;
  comment: string;
}

export interface TypeDoc {
  name: string;
  file: string;
  comment: string;
  deprecated: boolean;
  fields: FieldDoc[];
  values: { name: string; number: number; deprecated: boolean; comment: string }[];
}

export type MethodShape = "unary" | "server_streaming" | "client_streaming" | "bidi_streaming";

export interface MethodDoc {
  method: string;
  name: string;
  shape: MethodShape;
  kind: "QUERY" | "WRITE" | "EXTERNAL";
  idempotency: "NO_SIDE_EFFECTS" | "IDEMPOTENT" | "UNKNOWN";
  confirm: boolean;
  deprecated: boolean;
  comment: string;
  requestType: string;
  responseType: string;
  skeleton: unknown;
}

// GET /services/{s}/descriptors?hash=
export interface ServiceDoc {
  service: string;
  versions: LiveVersion[];
  hash: string;
  services: {
    name: string;
    file: string;
    comment: string;
    deprecated: boolean;
    methods: MethodDoc[];
  }[];
  types: Record<string, TypeDoc>;
}

export interface ContractDifference {
  level: "wire" | "json" | "source";
  rule: string;
  element: string;
  file: string;
  line: number;
  detail: string;
  breaks: string;
  methods: string[];
}

// GET /services/{s}/contract · GET /contracts: those whose instances do not all have the same
export interface ContractReport {
  service: string;
  breaking: boolean;
  versions: LiveVersion[];
  steps: { from: string; to: string; differences: ContractDifference[] }[];
}

// POST /invoke
export interface InvokeRequest {
  service: string;
  method: string;
  instance: string | null;
  request?: unknown;
  requests?: unknown[];
  metadata: Record<string, string>;
  deadlineMillis: number;
  confirm: boolean;
}

export interface Invocation {
  service: string;
  method: string;
  instance: string | null;
  address: string | null;
  status: { code: string; number: number; message: string; origin: "server" | "console"; details: unknown[] };
  responses: unknown[];
  truncated: string | null;
  headers: { key: string; value: string }[];
  trailers: { key: string; value: string }[];
  elapsedMillis: number;
  deadlineMillis: number;
  attempts: {
    number: number;
    kind: string;
    instance: string | null;
    address: string | null;
    code: string;
    outcome: string;
    millis: number;
    serverMillis: number | null;
  }[];
  traceId: string;
  number: number;
}

// ---------------------------------------------------------------- Grafana, in GET /system
export interface GrafanaState {
  url: string | null; // where browsers reach it; null: at this page's host name, see port and path
  port: number;
  path: string; // ends with a slash
  up: boolean;
  detail: string; // why it cannot be shown; empty if nothing is wrong
  version: string | null;
  checkedAt: string | null;
  dashboards: { uid: string; title: string; variables: string[] }[];
}

// ---------------------------------------------------------------- alerts
// GET /alerts?service&state&severity&limit · SSE topic "alerts" pushes the same
export type AlertState = "inactive" | "pending" | "firing" | "resolved" | "no_data";
export type AlertSeverity = "info" | "warning" | "critical";
export type AlertKind =
  | "error_share"
  | "latency_p50"
  | "latency_p99"
  | "rate"
  | "breaker_open"
  | "discovery_age"
  | "telemetry_loss"
  | "telemetry_shed"
  | "intake_refused"
  | "instance_outage";
export type AlertOperator = ">" | ">=" | "<" | "<=";
/** What does not apply is empty; all empty: the console itself. */
export interface AlertTarget {
  service: string;
  method: string;
  caller: string;
  instance: string;
}
export interface Alert {
  fingerprint: string;
  rule: string;
  name: string;
  kind: AlertKind;
  severity: AlertSeverity;
  state: AlertState;
  target: AlertTarget;
  since: string;
  firedAt: string | null;
  resolvedAt: string | null;
  value: number | null;
  operator: AlertOperator;
  threshold: number;
  unit: string;
  noData: boolean; // nothing is measured now: the state is that of before
  detail: string;
  summary: string;
  runbookUrl: string;
  silencedBy: string | null;
  labels: Record<string, string>;
}
export interface AlertEvent {
  at: string;
  fingerprint: string;
  rule: string;
  name: string;
  severity: AlertSeverity;
  target: AlertTarget;
  state: AlertState;
  value: number | null;
  unit: string;
  detail: string;
}
// GET|POST /alerts/silences · DELETE /alerts/silences/{id}?reason=
export interface Silence {
  id: string;
  rule: string;
  service: string;
  until: string;
  reason: string;
  author: string;
  createdAt: string;
}
export interface WebhookState {
  configured: boolean;
  target: string;
  delivered: number;
  failed: number;
  failures: number; // since the last success
  waiting: number;
  lastSuccess: string | null;
  lastFailure: string | null;
  lastError: string;
  nextTry: string | null;
}
export interface AlertReport {
  evaluatedAt: string | null;
  intervalSeconds: number;
  firing: number;
  pending: number;
  noData: number;
  silenced: number;
  unfollowed: number;
  alerts: Alert[]; // firing first
  recent: AlertEvent[]; // newest first
  silences: Silence[];
  webhook: WebhookState;
}
export interface AlertRule {
  id: string;
  name: string;
  kind: AlertKind;
  target: { service: string; method: string; caller: string };
  condition: {
    operator: AlertOperator;
    threshold: number;
    unit: string;
    windowSeconds: number;
    minCalls: number;
  };
  forSeconds: number;
  resolveSeconds: number;
  severity: AlertSeverity;
  enabled: boolean;
  summary: string;
  runbookUrl: string;
  labels: Record<string, string>;
}
export interface AlertRuleEntry {
  rule: AlertRule;
  origin: "built-in" | "stored" | "overridden";
  revision: number; // 0: nothing is stored
  outcome: { targets: number; firing: number; pending: number; noData: number; detail: string };
}
// GET /alerts/rules · GET|PUT|DELETE /alerts/rules/{id} (If-Match, ?reason=) · POST /alerts/rules/preview
export interface AlertRuleList {
  rules: AlertRuleEntry[];
  ignored: { key: string; reason: string }[];
}
export interface AlertPreview {
  rule: AlertRule;
  targets: { target: AlertTarget; value: number | null; holds: boolean; detail: string }[];
  more: number;
  detail: string;
}

// ---------------------------------------------------------------- stores
// In GET /system: what answers for traces or metrics
export interface AskedStore {
  kind: string; // h2, jaeger, memory or prometheus
  where: string;
  up: boolean;
  detail: string; // why it does not answer, and how to mend it; empty if it does
  checkedAt: string | null; // null: it is the console's own, or was not asked yet
  reachSeconds: number | null; // how far back it is asked; null: as far as it keeps
  limits: string[]; // what it cannot do that others can, a sentence each
}
