// Flight recorders of the simulated shop, orders to keep calls, and why a trace is not there.
import { commit } from "./shop.mjs";

const ago = (seconds) => new Date(Date.now() - seconds * 1_000).toISOString();

export function recorders(shop) {
  const storm = shop.scenario === "storm";
  const processes = shop.instances
    .filter((i) => i.alive)
    .map((i, index) => {
      const sheds = storm && i.service === "payments";
      return {
        process: `${i.id}-process`,
        service: i.service,
        instance: i.id,
        heardAt: ago(0),
        horizonSeconds: 11 + index * 3,
        produced: 182_400 + index * 1_021,
        exported: 1_204 + index * 7,
        kept: { head: 1_100 + index, error: 92, slow: 12 },
        lost: sheds ? { queue_full: 4_210, overwritten: 12 } : {},
        lostPerSecond: sheds ? 61 : 0,
        lostAt: sheds ? ago(1) : null,
        shed: sheds ? 120_400 : 0,
        shedShare: sheds ? 0.75 : 0,
      };
    })
    .sort((a, b) => b.lostPerSecond - a.lostPerSecond);
  return {
    lostPerSecond: processes.reduce((sum, p) => sum + p.lostPerSecond, 0),
    shedding: processes.filter((p) => p.shedShare > 0).length,
    shortestHorizonSeconds: Math.min(...processes.map((p) => p.horizonSeconds)),
    processes,
  };
}

export const recordersInShort = (shop) => {
  const { processes, lostPerSecond, shedding } = recorders(shop);
  return { reporting: processes.length, lostPerSecond, shedding };
};

export function absence(shop, traces) {
  const storm = shop.scenario === "storm";
  const shed = {
    service: "payments",
    from: ago(240),
    to: ago(200),
    share: 0.83,
    count: 41_200,
    processes: 3,
    similarTraceId: traces.find((t) => t.errors > 0)?.traceId ?? null,
  };
  return {
    cause: storm ? "SHED" : "UNKNOWN",
    shed: storm ? [shed] : [],
    lost: storm
      ? [{ service: "payments", instance: "payments-2", stage: "queue_full", count: 4_210, at: ago(1) }]
      : [],
    retention: { hours: 24, maxBytes: 2_147_483_648, oldest: ago(10_800) },
    arrivalSeconds: 5,
    reporting: recorders(shop).processes.length,
  };
}

const alive = (shop) => shop.kept.filter((k) => Date.parse(k.until) > Date.now());

export const keptCallers = (shop, service) =>
  alive(shop)
    .filter((k) => k.service === service)
    .map(({ service: _, ...order }) => order);

export function keep(shop, service, body, author) {
  const order = { caller: body.caller, method: body.method ?? "", reason: body.reason, author };
  const result = change(shop, service, order, "telemetry.keep", body.reason, author);
  const until = new Date(Date.now() + body.seconds * 1_000).toISOString();
  shop.kept.push({ ...order, service, since: ago(0), until, revision: result.revision });
  return result;
}

export const endKeeping = (shop, service, params, author) =>
  change(
    shop,
    service,
    { caller: params.get("caller"), method: params.get("method") ?? "" },
    "telemetry.end",
    params.get("reason"),
    author,
  );

function change(shop, service, { caller, method }, action, reason, author) {
  shop.kept = alive(shop).filter(
    (k) => !(k.service === service && k.caller === caller && k.method === method),
  );
  const key = `svc/${service}/ctl/policy`;
  return commit(shop, { service, action, key, reason, author, before: null, after: {} });
}
