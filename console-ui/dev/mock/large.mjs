// Sizes the shop has not: 500 services with 2,000 edges, a trace of 10,000 spans.
import { hex, seeded } from "./random.mjs";

const LAYERS = 12;

const red = (rate, errorShare = 0) => ({
  rate,
  errorShare,
  p50Millis: 4,
  p90Millis: 9,
  p99Millis: 30,
});

/** Rates of a steady shop move by a few percent from one second to the next. */
const around = (rate) => rate * (0.97 + 0.06 * Math.random());

/** Layers of services that call into deeper ones; numbers change with each look, the shape never. */
export function largeTopology(services, edges) {
  const random = seeded("topology");
  const layer = (n) => Math.floor((n * LAYERS) / services);
  const pairs = new Set();
  while (pairs.size < edges) {
    const [a, b] = [Math.floor(random() * services), Math.floor(random() * services)];
    if (layer(a) < layer(b)) pairs.add(`${a}>${b}`);
  }
  const name = (n) => `service-${n}`;
  return () => ({
    env: "large",
    at: new Date().toISOString(),
    windowSeconds: 10,
    revision: 480,
    services: Array.from({ length: services }, (_, n) => ({
      service: name(n),
      kind: "service",
      health: n % 97 === 0 ? "bad" : "ok",
      red: red(around(50 + (n % 50)), n % 97 === 0 ? 0.2 : 0),
      instances: [],
      processes: 2,
      breakers: { open: 0, halfOpen: 0, forced: 0 },
    })),
    edges: [...pairs].map((pair) => {
      const [caller, callee] = pair.split(">").map(Number);
      return {
        caller: name(caller),
        callee: name(callee),
        health: callee % 97 === 0 ? "bad" : "ok",
        red: red(around(5 + (caller % 20)), callee % 97 === 0 ? 0.2 : 0),
        breaker: "closed",
        retriesPerSecond: 0,
        instances: [],
      };
    }),
    dependencies: [],
    dependencyEdges: [],
  });
}

/** Where the boxes were when somebody looked last: a column per layer. */
export function largePositions(services) {
  const perLayer = Math.ceil(services / LAYERS);
  return Object.fromEntries(
    Array.from({ length: services }, (_, n) => [
      `service-${n}`,
      { x: Math.floor(n / perLayer) * 360, y: (n % perLayer) * 120 },
    ]),
  );
}

const DURATION_MICROS = 2_000_000;

/** Each span but the first is called by an earlier one and lies within it. */
export function largeTrace(spans) {
  const random = seeded("trace");
  const made = [];
  for (let n = 0; n < spans; n++) {
    const parent = n === 0 ? null : made[Math.floor(random() * Math.min(n, 1_500))];
    const room = parent?.durationMicros ?? DURATION_MICROS;
    const duration = n === 0 ? DURATION_MICROS : Math.max(1, Math.round(room * random() * 0.5));
    made.push({
      spanId: hex(random, 16),
      parentSpanId: parent?.spanId ?? null,
      service: `service-${n % 12}`,
      instance: `service-${n % 12}-1`,
      name: `shop.Service${n % 12}/Call`,
      kind: n % 2 ? "CLIENT" : "SERVER",
      startOffsetMicros: (parent?.startOffsetMicros ?? 0) + Math.round((room - duration) * random()),
      durationMicros: duration,
      statusCode: n % 400 === 399 ? "ERROR" : "UNSET",
      statusMessage: "",
      attributes: { "rpc.system.name": "clearspan", "rpc.method": `shop.Service${n % 12}/Call` },
      events: [],
    });
  }
  const startEpochMicros = Date.now() * 1_000;
  return {
    traceId: hex(random, 32),
    startedAt: new Date().toISOString(),
    startEpochMicros,
    durationMicros: DURATION_MICROS,
    partial: false,
    spans: made,
  };
}
