/** A preview with one of everything, for whatever draft; nothing for the document in force. */
export function preview(shop, service, draft, traces) {
  const stored = shop.policies[service] ?? { revision: 0, policy: {} };
  const same = JSON.stringify(stored.policy) === JSON.stringify(draft);
  const now = Date.now();
  const empty = {
    service,
    revision: stored.revision,
    from: new Date(now - 900_000).toISOString(),
    to: new Date(now).toISOString(),
    calls: 48_210,
    rules: [],
    callers: [],
    splits: [],
    breakers: [],
    deadlines: [],
    retries: [],
    unpredicted: [],
    examples: [],
  };
  return same ? empty : { ...empty, ...effects(shop, service, traces) };
}

function effects(shop, service, traces) {
  const instances = shop.instances.filter((one) => one.service === service).map((one) => one.id);
  const method = "shop.Payments/Charge";
  const example = traces[0];
  return {
    rules: [
      {
        field: "breaker.consecutiveFailures",
        methods: [method],
        before: { value: 5, layer: "CODE_OR_DEFAULT" },
        after: { value: 3, layer: "SERVICE" },
        why: "The service's part wins over callers' code and defaults.",
      },
      {
        field: "deadline.timeout",
        methods: [method],
        before: { value: "2s", layer: "METHOD" },
        after: { value: "0.300s", layer: "METHOD" },
        why: "The method's own entry wins over the service's.",
      },
    ],
    callers: [{ caller: "orders", processes: 2, calls: 48_210, methods: [method] }],
    splits: [
      {
        methods: [method],
        callers: ["orders"],
        algorithmBefore: "P2C_PEAK_EWMA",
        algorithmAfter: "SMOOTH_WEIGHTED_ROUND_ROBIN",
        instances: instances.map((instance, i) => ({
          instance,
          attempts: [22_600, 21_900, 3_710][i] ?? 0,
          before: [0.469, 0.454, 0.077][i] ?? 0,
          after: 1 / instances.length,
        })),
      },
    ],
    breakers: [
      {
        caller: "orders",
        method,
        instance: instances.at(-1) ?? "payments-3",
        before: { verdict: "STAYS_CLOSED", openings: 0, openSeconds: 0, firstAt: null, cause: "" },
        after: {
          verdict: "OPENS",
          openings: 4,
          openSeconds: 31.4,
          firstAt: new Date(Date.now() - 400_000).toISOString(),
          cause: "3 failures in a row, last UNAVAILABLE",
        },
      },
    ],
    deadlines: [
      {
        caller: "orders",
        method,
        field: "deadline",
        limitMillis: 300,
        calls: 48_210,
        atLeast: 1_204,
        atMost: 1_391,
      },
    ],
    retries: [{ caller: "orders", method, calls: 48_210, observed: 610, before: 598, after: 1_140 }],
    unpredicted: [
      { field: "deadline", why: "calls that state a deadline of their own go by that, up to the maximum" },
      { field: "breaker", why: "the order of calls within 10 s is not counted" },
    ],
    examples: example
      ? [
          {
            about: "deadline",
            traceId: example.traceId,
            method: example.rootMethod,
            startedAt: example.startedAt,
            durationMillis: example.durationMillis,
            status: example.status,
          },
        ]
      : [],
  };
}
