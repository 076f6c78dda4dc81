// A stand-in for console-backend while pages are built and smoke-tested: the same API, simulated data.
// Never shipped. `npm run mock`, then `npm run dev`. POST /mock/{kill|spawn|scenario|silent}/<name> plays events.
import { createReadStream, existsSync } from "node:fs";
import { createServer } from "node:http";
import { extname, join, normalize } from "node:path";
import { fileURLToPath } from "node:url";
import { accountsAnswer, createAccounts } from "./mock/accounts.mjs";
import * as alerting from "./mock/alerts.mjs";
import { describe, invocation, report } from "./mock/contracts.mjs";
import { draftAudience, effective } from "./mock/policies.mjs";
import { preview } from "./mock/preview.mjs";
import { absence, endKeeping, keep, keptCallers, recorders } from "./mock/recorders.mjs";
import { commit, createShop, DEFAULTS, kill, processes, spawn, step } from "./mock/shop.mjs";
import { createTraces, failureOf, logsOf, newTrace, traceOf } from "./mock/traces.mjs";
import { onTrial, trialReport } from "./mock/trials.mjs";
import * as views from "./mock/views.mjs";

const FAREWELL = "/provider/sign-out?state=mock-state";
const STATIC = fileURLToPath(new URL("../target/classes/ui", import.meta.url));
/** As the console itself answers pages, less the nonce: this UI injects no style elements. */
export const CSP =
  "default-src 'self'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; connect-src 'self'; worker-src 'self'; frame-ancestors 'none'; base-uri 'none'; form-action 'self'";
const TYPES = {
  ".html": "text/html",
  ".js": "text/javascript",
  ".css": "text/css",
  ".svg": "image/svg+xml",
  ".woff2": "font/woff2",
  ".json": "application/json",
};

/** `topology` and `trace` stand in for the simulated shop's, to try sizes that it has not. */
export function startMock({ port = 0, signedIn = false, topology, trace } = {}) {
  const shop = createShop();
  shop.alerting = alerting.createAlerts();
  const world = {
    shop,
    traces: createTraces(),
    session: signedIn ? newSession("ada") : null,
    accounts: createAccounts(),
    setupToken: null,
    provider: null,
    layouts: { wide: new Map(), narrow: new Map() },
    streams: new Set(),
    silence: false,
    topology: topology ?? (() => views.topology(shop)),
    trace,
  };
  const ticking = setInterval(() => step(shop), 250);
  const tracing = setInterval(() => {
    world.traces.unshift(newTrace(Date.now()));
    world.traces.length = Math.min(world.traces.length, 200);
  }, 1500);
  const server = createServer((request, response) =>
    handle(world, request, response).catch((error) =>
      problem(response, 500, "mock failed", String(error.stack)),
    ),
  );
  return new Promise((resolve) => {
    server.listen(port, "127.0.0.1", () => {
      const close = () => {
        clearInterval(ticking);
        clearInterval(tracing);
        for (const stream of world.streams) stream.end();
        server.closeAllConnections();
        return new Promise((done) => server.close(done));
      };
      resolve({ url: `http://127.0.0.1:${server.address().port}`, world, close });
    });
  });
}

function layout(places, method, { boxes, anew }, response) {
  if (method === "PUT") {
    if (anew) places.clear();
    for (const box of boxes) places.set(box.id, box);
  }
  return json(response, { boxes: [...places.values()] });
}

/** With a provider one signs out there, too; away, it leaves one signed in. */
const signedOut = ({ provider }) => ({
  goTo: provider?.available ? FAREWELL : null,
  state: provider?.available ? "mock-state" : null,
  stillAt: provider && !provider.available ? "https://login.example" : null,
});

const newSession = (name) => ({
  user: { name, role: "admin", services: [], kind: "user" },
  csrfToken: "mock-csrf",
  expiresAt: new Date(Date.now() + 28_800_000).toISOString(),
  env: "demo",
  version: "0.1.0",
});

const json = (response, body, status = 200, headers = {}) => {
  response.writeHead(status, { "content-type": "application/json", ...headers });
  response.end(JSON.stringify(body));
};

const problem = (response, status, title, detail, extra = {}) =>
  json(response, { type: "about:blank", title, status, detail, ...extra }, status, {
    "content-type": "application/problem+json",
  });

async function handle(world, request, response) {
  const url = new URL(request.url, "http://mock");
  const body = await read(request);
  if (url.pathname.startsWith("/mock/")) return play(world, url, request.headers.host, response);
  if (url.pathname === "/provider/sign-out")
    return response.writeHead(302, { location: `/sign-in${url.search}` }).end();
  if (url.pathname.startsWith("/grafana/")) return board(url, response);
  if (!url.pathname.startsWith("/api/v1/")) return file(url, response);
  const path = url.pathname.slice("/api/v1".length);
  const route = `${request.method} ${path}`;
  if (route === "GET /setup")
    return json(response, { required: world.setupToken !== null, provider: world.provider });
  if (route === "POST /setup") return signIn(world, response, body.username);
  if (route === "POST /session") return postSession(world, body, response);
  if (!world.session)
    return problem(response, 401, "Not signed in", "this needs a session; sign in and retry");
  if (route === "DELETE /session") {
    world.session = null;
    return json(response, signedOut(world));
  }
  if (request.method !== "GET" && request.headers["x-csrf-token"] !== "mock-csrf")
    return problem(response, 403, "CSRF token missing", "expected header X-CSRF-Token");
  if (route === "GET /events") return events(world, url, response);
  const arrangement = /^\/topology\/layout\/(wide|narrow)$/.exec(path)?.[1];
  if (arrangement) return layout(world.layouts[arrangement], request.method, body, response);
  if (route === "PUT /session/password") return putPassword(world, body, response);
  if (route === "DELETE /sessions") {
    world.session = null;
    return json(response, signedOut(world));
  }
  const account = accountsAnswer(world.accounts, world.session.user.name, request.method, path, body);
  if (account?.problem) {
    const { title, detail, ...extra } = account.problem;
    return problem(response, account.status, title, detail, extra);
  }
  if (account) return account.status === 204 ? response.writeHead(204).end() : json(response, account.body);
  const answered =
    request.method === "GET"
      ? get(world, path, url.searchParams, response)
      : write(world, request, path, url, body, response);
  if (answered === undefined) problem(response, 404, "No such path", `${route} is not served`);
}

async function read(request) {
  let text = "";
  for await (const chunk of request) text += chunk;
  return text ? JSON.parse(text) : {};
}

function putPassword(world, { currentPassword, newPassword }, response) {
  if (currentPassword !== "clearspan-dev")
    return problem(response, 422, "Invalid", "currentPassword: is not your password", {
      field: "currentPassword",
    });
  if (newPassword.includes(world.session.user.name))
    return problem(response, 422, "Invalid", "password: contains the user name", { field: "password" });
  json(response, world.session);
}

function postSession(world, body, response) {
  const { username, password, oneTimeToken } = body;
  if (world.throttledSeconds)
    return json(
      response,
      { type: "about:blank", title: "Too Many Requests", status: 429, detail: "Too many failed sign-ins." },
      429,
      { "content-type": "application/problem+json", "retry-after": world.throttledSeconds },
    );
  if (oneTimeToken === "demo") return signIn(world, response, "demo");
  if (username && password === "clearspan-dev") return signIn(world, response, username);
  return problem(
    response,
    401,
    "Sign-in refused",
    oneTimeToken
      ? "this link was used before or has expired; ask for a new one"
      : "name or password is wrong",
  );
}

function signIn(world, response, name) {
  world.session = newSession(name);
  world.setupToken = null;
  json(response, world.session, 200, {
    "set-cookie": "clearspan_session=mock; HttpOnly; SameSite=Strict; Path=/",
  });
}

function get(world, path, params, response) {
  const { shop } = world;
  const parts = path.split("/").filter(Boolean).map(decodeURIComponent);
  const [head, service, tail] = parts;
  const plain = {
    session: () => world.session,
    alerts: () => alerting.report(shop),
    system: () => views.system(shop),
    recorders: () => recorders(shop),
    topology: () => (params.has("at") ? pastAt(world, params.get("at")) : world.topology()),
    breakers: () => views.breakers(shop),
    audit: () =>
      shop.audit
        .filter((r) => !params.get("service") || r.service === params.get("service"))
        .slice(0, Number(params.get("limit") ?? 100)),
    contracts: () => [report(shop, "payments")],
    invocations: () => [],
    failures: () =>
      world.traces
        .filter((t) => t.firstError)
        .slice(0, Number(params.get("limit") ?? 50))
        .map(failureOf),
  };
  if (path === "/audit/verify") return json(response, verification(shop)) ?? true;
  if (parts.length === 1 && plain[head]) return json(response, plain[head]()) ?? true;
  if (path === "/topology/history") return json(response, past()) ?? true;
  if (path === "/alerts/rules") return json(response, alerting.rules(shop)) ?? true;
  if (path === "/metrics/red") return json(response, views.redSeries(shop, params)) ?? true;
  if (head === "traces")
    return (
      (service ? oneTrace(world, service, response, tail) : searchTraces(world, params, response)) ?? true
    );
  if (head !== "services") return undefined;
  if (!service) return json(response, views.services(shop)) ?? true;
  const detail = views.serviceDetail(shop, service);
  if (!detail)
    return problem(response, 404, "Unknown service", `no service named ${service} in the registry`) ?? true;
  const policy = shop.policies[service] ?? { revision: 0, policy: {}, guard: null };
  if (tail === "policy" && parts[3] === "guard") {
    const report = trialReport(service, policy, detail.red);
    return (report ? json(response, report) : problem(response, 404, "Not on trial", "no guard")) ?? true;
  }
  if (tail === "policy" && parts[3] === "versions")
    return json(response, policyVersions(shop, service)) ?? true;
  if (tail === "policy" && parts[3] === "effective")
    return json(response, effective(service, policy, params.get("method") ?? "", DEFAULTS)) ?? true;
  const answers = {
    undefined: () => detail,
    instances: () => views.instanceDetails(shop, service),
    methods: () => views.methods(shop, service),
    outages: () => views.outages(shop, service),
    acks: () =>
      shop.acks.get(`${service}@${params.get("revision")}`) ??
      settledAcks(shop, service, Number(params.get("revision"))),
    contract: () => report(shop, service),
    descriptors: () => describe(shop, service),
    policy: () => ({
      service,
      revision: policy.revision,
      policy: policy.policy,
      guard: policy.guard ?? null,
      effectiveDefaults: DEFAULTS,
    }),
    telemetry: () => keptCallers(shop, service),
  };
  return answers[tail]
    ? (json(response, answers[tail](), 200, tail === "policy" ? { etag: `"${policy.revision}"` } : {}) ??
        true)
    : undefined;
}

/** The chains of the logs; broken after POST /mock/scenario/tampered. */
function verification(shop) {
  const since = new Date(Date.now() - 20 * 86_400_000).toISOString();
  const newest = shop.audit[0];
  const removed = shop.audit[2];
  const breaks =
    shop.scenario === "tampered"
      ? [
          {
            kind: "removed",
            position: shop.audit.length - 2,
            revision: removed.revision,
            id: removed.id,
            detail: "the registry has it no more",
          },
        ]
      : [];
  const head = "9f2c41d07a3e5b18".repeat(4);
  return {
    rules: {
      verdict: breaks.length ? "broken" : "whole",
      rows: shop.audit.length,
      fromRevision: shop.audit.at(-1)?.revision ?? 0,
      toRevision: newest?.revision ?? 0,
      since,
      head,
      start: "0".repeat(64),
      dropped: 0,
      breakCount: breaks.length,
      breaks,
    },
    accounts: { whole: true, rows: 31, dropped: 0, since, head, breaks: [] },
  };
}

function policyVersions(shop, service) {
  return shop.audit
    .filter((r) => r.service === service && r.action.startsWith("policy."))
    .map((r) => ({
      auditId: r.id,
      revision: r.revision,
      at: r.at,
      author: r.author,
      reason: r.reason,
      action: r.action,
      guarded: r.guarded ?? false,
      policy: r.after,
    }));
}

function settledAcks(shop, service, revision) {
  const row = shop.audit.find((r) => r.revision === revision);
  return {
    service,
    revision,
    committedAt: row?.at ?? null,
    total: 3,
    applied: 3,
    slowestMillis: 212,
    complete: true,
    processes: [],
  };
}

function searchTraces(world, params, response) {
  const status = params.get("status");
  const keep = (t) =>
    (!params.get("service") || t.services.includes(params.get("service"))) &&
    (!status || (status === "ok") === (t.errors === 0)) &&
    t.durationMillis >= Number(params.get("minDurationMillis") ?? 0) &&
    t.durationMillis <= Number(params.get("maxDurationMillis") ?? Infinity) &&
    Date.parse(t.startedAt) >= Date.parse(params.get("from") ?? 0) &&
    Date.parse(t.startedAt) < (params.has("to") ? Date.parse(params.get("to")) : Infinity);
  json(response, { traces: world.traces.filter(keep).slice(0, 100), truncated: world.traces.length > 100 });
}

/** The past of the mock: as it is now, but for a time around eight minutes ago when payments failed. */
const MOMENTS = 90;
const STEP = 10_000;
const failedThen = (n) => n > 38 && n < 52;

function past() {
  const now = Math.floor(Date.now() / STEP) * STEP;
  const moments = Array.from({ length: MOMENTS }, (_, n) => ({
    at: new Date(now - (MOMENTS - n) * STEP).toISOString(),
    rate: 180 + 30 * Math.sin(n / 6),
    errorShare: failedThen(n) ? 0.22 : n % 17 === 0 ? 0.01 : 0,
    notUp: failedThen(n) ? 1 : 0,
    breakers: failedThen(n) ? 1 : 0,
  }));
  return { everySeconds: 10, keptSeconds: 900, moments };
}

function pastAt(world, at) {
  const topology = structuredClone(world.topology());
  const n = past().moments.findLastIndex((moment) => moment.at <= at);
  topology.at = past().moments[Math.max(0, n)].at;
  for (const edge of topology.edges) {
    const bad = failedThen(n) && edge.callee === "payments";
    edge.red = { ...edge.red, errorShare: bad ? 0.62 : 0 };
    edge.breaker = bad ? "open" : "closed";
    edge.health = bad ? "bad" : "ok";
  }
  return topology;
}

function oneTrace(world, id, response, tail) {
  if (!/^[0-9a-f]{32}$/.test(id))
    return problem(response, 404, "Not a trace ID", `found "${id}", expected 32 hex digits`);
  const known = world.traces.find((t) => t.traceId === id);
  if (tail === "logs")
    return json(
      response,
      known
        ? logsOf(traceOf(id, Date.parse(known.startedAt)))
        : { traceId: id, total: 0, partial: false, logs: [] },
    );
  if (world.trace?.traceId === id) return json(response, world.trace);
  return known
    ? json(response, traceOf(id, Date.parse(known.startedAt)))
    : problem(response, 404, "Not found", `Trace ${id} is not stored.`, {
        absence: absence(world.shop, world.traces),
      });
}

function write(world, request, path, url, body, response) {
  const { shop } = world;
  const [head, service, what, id, leaf] = path.split("/").filter(Boolean).map(decodeURIComponent);
  const author = world.session.user.name;
  if (head === "invoke") return json(response, invocation(shop, world.traces[0].traceId, body)) ?? true;
  if (head === "alerts")
    return json(response, alerting.change(shop, request.method, [service, what], url, body, author)) ?? true;
  if (head !== "services") return undefined;
  if (body.reason !== undefined && !String(body.reason).trim())
    return (
      problem(response, 422, "Reason missing", "found an empty reason, expected why this is done", {
        field: "reason",
      }) ?? true
    );
  if (what === "instances" && leaf === "control")
    return control(shop, service, { [id]: body }, body, author, response);
  if (what === "control") return control(shop, service, body.instances, body, author, response);
  if (what === "telemetry" && request.method === "POST")
    return json(response, keep(shop, service, body, author)) ?? true;
  if (what === "telemetry")
    return json(response, endKeeping(shop, service, url.searchParams, author)) ?? true;
  if (what === "breakers") return force(shop, service, body, author, response);
  if (what === "policy" && id === "preview")
    return json(response, preview(shop, service, body, world.traces)) ?? true;
  if (what === "policy" && id === "check")
    return json(response, draftAudience(processes(shop, service), body)) ?? true;
  if (what === "policy" && id === "rollback") {
    const version = shop.audit.find((r) => r.id === body.auditId);
    url.searchParams.set("reason", body.reason);
    return putPolicy(shop, service, version.after, request, url, author, response);
  }
  if (what === "policy" && id === "guard") {
    const revert = url.pathname.endsWith("/revert");
    const stored = shop.policies[service];
    const next = revert ? stored.before.policy : stored.policy;
    return putPolicy(shop, service, next, request, url, author, response, revert ? "revert" : "keep");
  }
  if (what === "policy" && request.method === "PUT")
    return putPolicy(shop, service, body, request, url, author, response);
  return undefined;
}

function control(shop, service, changes, common, author, response) {
  const before = {};
  const after = {};
  for (const [id, change] of Object.entries(changes)) {
    if (change.weight != null && !(change.weight >= 0 && change.weight <= 10_000))
      return (
        problem(response, 422, "Bad weight", `found ${change.weight}, expected 0 to 10,000`, {
          field: "weight",
        }) ?? true
      );
    const instance = shop.instances.find((i) => i.id === id);
    if (!instance)
      return problem(response, 404, "Unknown instance", `${service} has no instance ${id}`) ?? true;
    before[id] = instance.control;
    const kept = change.weight != null || change.drain || change.eject;
    const expiresAt = common.ttlSeconds
      ? new Date(Date.now() + common.ttlSeconds * 1000).toISOString()
      : null;
    instance.control = kept
      ? {
          weight: change.weight ?? undefined,
          drain: !!change.drain,
          eject: !!change.eject,
          reason: common.reason,
          author,
          expiresAt,
          sticky: !!change.sticky,
          revision: shop.revision + 1,
        }
      : null;
    after[id] = instance.control;
  }
  const ids = Object.keys(changes);
  const one = ids.length === 1;
  const result = commit(shop, {
    service,
    action: "instance.control",
    author,
    reason: common.reason,
    key: one ? `svc/${service}/ctl/instance/${ids[0]}` : `svc/${service}/ctl/instance/*`,
    before: one ? before[ids[0]] : before,
    after: one ? after[ids[0]] : after,
  });
  return json(response, result) ?? true;
}

function force(shop, service, body, author, response) {
  const same = (f) =>
    f.service === service &&
    (f.caller ?? "") === (body.caller ?? "") &&
    (f.method ?? "") === (body.method ?? "") &&
    (f.instance ?? "") === (body.instance ?? "");
  const before = { forced: shop.forced.filter((f) => f.service === service) };
  shop.forced = shop.forced.filter((f) => !same(f));
  if (body.state !== "AUTO") {
    const expiresAt = body.ttlSeconds ? new Date(Date.now() + body.ttlSeconds * 1000).toISOString() : null;
    shop.forced.push({
      service,
      caller: body.caller ?? "",
      method: body.method ?? "",
      instance: body.instance ?? "",
      state: body.state,
      reason: body.reason,
      author,
      expiresAt,
      at: new Date().toISOString(),
    });
  }
  const action = body.state === "AUTO" ? "breaker.clear" : "breaker.force";
  return (
    json(
      response,
      commit(shop, {
        service,
        action,
        author,
        reason: body.reason,
        key: `svc/${service}/ctl/breaker`,
        before,
        after: { forced: shop.forced.filter((f) => f.service === service) },
      }),
    ) ?? true
  );
}

const PARTS = ["deadline", "balancer", "retry", "breaker", "telemetry"];

function putPolicy(shop, service, body, request, url, author, response, action = "put") {
  const stored = shop.policies[service] ?? { revision: 0, policy: {} };
  if (request.headers["if-match"] !== `"${stored.revision}"`) {
    return (
      problem(
        response,
        409,
        "Someone else was faster",
        `found revision ${stored.revision}, expected ${request.headers["if-match"]}; merge and save again`,
        { current: { revision: stored.revision, value: stored.policy } },
      ) ?? true
    );
  }
  const trial = onTrial(body, stored, author);
  const scopes = [
    ["service", body.service ?? {}],
    ...Object.entries(body.methods ?? {}).map(([m, p]) => [`methods["${m}"]`, p]),
  ];
  for (const [where, policy] of scopes) {
    for (const part of Object.keys(policy)) {
      if (!PARTS.includes(part))
        return (
          problem(response, 422, "Unknown field", `found "${part}", expected one of ${PARTS.join(", ")}`, {
            field: `${where}.${part}`,
          }) ?? true
        );
    }
    const attempts = policy.retry?.maxAttempts;
    if (attempts != null && !(attempts >= 1 && attempts <= 5))
      return (
        problem(response, 422, "Bad value", `found ${attempts}, expected 1 to 5`, {
          field: `${where}.retry.maxAttempts`,
        }) ?? true
      );
  }
  const result = commit(shop, {
    service,
    action: `policy.${action}`,
    author,
    reason: url.searchParams.get("reason"),
    key: `svc/${service}/ctl/policy`,
    before: stored.policy,
    after: trial.policy,
    guarded: trial.guard !== null,
  });
  shop.policies[service] = { revision: result.revision, ...trial };
  return json(response, result) ?? true;
}

function events(world, url, response) {
  const { shop } = world;
  const topics = (url.searchParams.get("topics") ?? "").split(",");
  let sequence = 0;
  response.writeHead(200, { "content-type": "text/event-stream", "cache-control": "no-store" });
  const send = (event, data) => {
    if (!world.silence)
      response.write(`id: ${++sequence}\nevent: ${event}\ndata: ${JSON.stringify(data)}\n\n`);
  };
  const fresh = () => [...shop.acks.values()].filter((a) => Date.now() - Date.parse(a.committedAt) < 60_000);
  const publish = {
    topology: () => send("topology", world.topology()),
    breakers: () => send("breakers", views.breakers(shop)),
    acks: () => {
      for (const acks of fresh()) send("acks", acks);
    },
    audit: () => shop.audit[0] && send("audit", shop.audit[0]),
    system: () => send("system", views.system(shop)),
    alerts: () => send("alerts", alerting.report(shop)),
  };
  const listener = (topic) => topics.includes(topic) && publish[topic]?.();
  for (const topic of topics) listener(topic);
  shop.listeners.add(listener);
  world.streams.add(response);
  const timers = [
    setInterval(() => listener("topology"), 1000),
    setInterval(() => listener("system"), 5000),
    setInterval(() => listener("alerts"), 1000),
    setInterval(() => send("heartbeat", { at: new Date().toISOString() }), 2000),
  ];
  response.on("close", () => {
    timers.forEach(clearInterval);
    shop.listeners.delete(listener);
    world.streams.delete(response);
  });
}

function play(world, url, host, response) {
  const [, , what, name] = url.pathname.split("/");
  const actions = {
    kill: () => kill(world.shop, name),
    spawn: () => spawn(world.shop, name),
    scenario: () => {
      world.shop.scenario = name;
    },
    silent: () => {
      world.shop.silentProcess = name;
    },
    stall: () => {
      world.silence = name === "on";
    },
    dropping: () => {
      world.shop.dropping = name === "on";
      world.shop.emit("system");
    },
    /** A provider to sign in with: here, away, or none. */
    provider: () => {
      world.provider = name === "none" ? null : { label: "login.example", available: name === "here" };
    },
    /** How long the next sign-ins have to wait, in seconds; 0: not at all. */
    throttle: () => {
      world.throttledSeconds = Number(name);
    },
    grafana: () => {
      world.shop.grafana = { how: name, port: Number(new URL(`http://${host}`).port) };
      world.shop.emit("system");
    },
    setup: () => {
      world.setupToken = "first";
      world.session = null;
    },
  };
  actions[what]?.();
  world.shop.emit("topology");
  json(response, { done: what in actions });
}

/** What stands in for Grafana in the frame: what it was asked for. */
function board(url, response) {
  const dark = url.searchParams.get("theme") === "dark";
  const colours = dark ? "#111217;color:#ccccdc" : "#f4f5f5;color:#24292e";
  response.writeHead(200, { "content-type": "text/html; charset=utf-8" });
  response.end(
    `<!doctype html><html lang="en"><title>Board</title><body style="background:${colours};font:14px sans-serif">
    <main><h1>Service</h1><p>${url.searchParams.get("var-service")}, ${url.searchParams.get("from")}</p></main></body></html>`,
  );
}

function file(url, response) {
  const wanted = normalize(join(STATIC, url.pathname));
  const found = wanted.startsWith(STATIC) && extname(wanted) && existsSync(wanted);
  const path = found ? wanted : join(STATIC, "index.html");
  if (!existsSync(path)) return problem(response, 404, "Not built", "run npm run build first");
  response.writeHead(200, {
    "content-type": TYPES[extname(path)] ?? "application/octet-stream",
    "content-security-policy": CSP,
  });
  createReadStream(path).pipe(response);
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const mock = await startMock({
    port: Number(process.env.PORT ?? 5180),
    signedIn: process.env.SIGNED_IN === "1",
  });
  console.log(`mock console on ${mock.url} (any name, password clearspan-dev)`);
}
