// Traces of the simulated shop: a checkout through all services, some with a failed attempt.
import { hex, seeded } from "./random.mjs";

export function createTraces() {
  const summaries = [];
  for (let n = 0; n < 60; n++) summaries.unshift(newTrace(Date.now() - (60 - n) * 4_000));
  return summaries;
}

export function newTrace(atMillis) {
  const traceId = hex(Math.random, 32);
  return summaryOf(traceId, atMillis);
}

/** What the shop's services log: an order's two lines, and a warning where a payment failed. */
export function logsOf({ traceId, startEpochMicros, spans }) {
  const served = (service) => spans.find((s) => s.service === service && s.kind === "SERVER");
  const line = (span, share, severity, logger, body, attributes = {}) => ({
    at: new Date(
      (startEpochMicros + span.startOffsetMicros + span.durationMicros * share) / 1_000,
    ).toISOString(),
    spanId: span.spanId,
    service: span.service,
    instance: span.instance,
    logger,
    severity,
    severityText: severity,
    body,
    attributes,
  });
  const logs = [];
  const orders = served("orders");
  const failed = spans.findLast((s) => s.statusCode === "ERROR" && s.kind === "SERVER");
  if (orders) {
    logs.push(
      line(orders, 0.1, "INFO", "shop.orders", "order 1017: 2 x lamp, from web", { "order.id": "1017" }),
    );
    logs.push(line(orders, 0.9, "INFO", "shop.orders", "order 1017 is reserved and paid"));
  }
  if (failed)
    logs.push(
      line(failed, 0.5, "WARN", "shop.payments", "the bank gives no answer; the charge is not booked", {
        "exception.type": "java.net.SocketTimeoutException",
        "exception.message": "Read timed out",
      }),
    );
  logs.sort((a, b) => a.at.localeCompare(b.at));
  return { traceId, total: logs.length, partial: false, logs };
}

const failing = (traceId) => Number.parseInt(traceId.slice(-1), 16) < 4;

function summaryOf(traceId, atMillis) {
  const trace = traceOf(traceId, atMillis);
  const root = trace.spans[0];
  const errors = trace.spans.filter((s) => s.statusCode === "ERROR");
  const first = errors.find((s) => s.service === "orders");
  return {
    traceId,
    rootService: root.service,
    rootMethod: root.name,
    startedAt: trace.startedAt,
    durationMillis: trace.durationMicros / 1000,
    spans: trace.spans.length,
    errors: errors.length,
    services: [...new Set(trace.spans.map((s) => s.service))],
    status: failing(traceId) ? "UNAVAILABLE" : "OK",
    partial: trace.partial,
    firstError: first
      ? { service: "payments", method: first.name, status: "UNAVAILABLE", message: first.statusMessage }
      : null,
  };
}

export function traceOf(traceId, atMillis) {
  const random = seeded(traceId);
  const bad = failing(traceId);
  const spans = [];
  const add = (parent, service, instance, name, kind, start, duration, attributes = {}, error = "") => {
    const span = {
      spanId: hex(random, 16),
      parentSpanId: parent?.spanId ?? null,
      service,
      instance,
      name,
      kind,
      startOffsetMicros: Math.round(start),
      durationMicros: Math.round(duration),
      statusCode: error ? "ERROR" : "UNSET",
      statusMessage: error,
      attributes: {
        "rpc.system.name": "clearspan",
        "rpc.method": name,
        "rpc.response.status_code": error ? "UNAVAILABLE" : "OK",
        ...attributes,
      },
      events: [],
    };
    spans.push(span);
    return span;
  };
  const call = (parent, from, to, method, start, duration, instance = `${to}-1`, error = "") => {
    const client = add(
      parent,
      from,
      `${from}-1`,
      method,
      "CLIENT",
      start,
      duration,
      { "server.address": to, "clearspan.peer.instance": instance, "clearspan.queue_ms": 0.04 },
      error,
    );
    return add(
      client,
      to,
      instance,
      method,
      "SERVER",
      start + duration * 0.06,
      duration * 0.88,
      { "clearspan.caller": from, "clearspan.queue_ms": 0.04 },
      error,
    );
  };
  const total = 9_000 + random() * 9_000 + (bad ? 26_000 : 0);
  const front = call(
    null,
    "shopper",
    "storefront",
    "shop.Storefront/Checkout",
    0,
    total,
    "storefront-1",
    bad ? "payments/Charge failed" : "",
  );
  const orders = call(
    front,
    "storefront",
    "orders",
    "shop.Orders/Place",
    total * 0.08,
    total * 0.8,
    "orders-1",
    bad ? "payments/Charge failed" : "",
  );
  call(
    orders,
    "orders",
    "inventory",
    "shop.Inventory/Reserve",
    total * 0.12,
    700 + random() * 400,
    `inventory-${1 + Math.floor(random() * 3)}`,
  );
  call(orders, "orders", "shipping", "shop.Shipping/Quote", total * 0.2, 1_200, "shipping-2");
  const message = "bank timed out after 12 ms (expected: an answer within 10 ms)";
  const logical = add(
    orders,
    "orders",
    "orders-1",
    "shop.Payments/Charge",
    "CLIENT",
    total * 0.32,
    total * 0.5,
    {
      "server.address": "payments",
      "clearspan.attempts": bad ? 2 : 1,
      "clearspan.peer.instance": bad ? "payments-2" : "payments-1",
    },
    bad ? message : "",
  );
  for (let attempt = 1; attempt <= (bad ? 2 : 1); attempt++) {
    const start = total * (0.32 + (attempt - 1) * 0.26);
    const parent = bad
      ? add(
          logical,
          "orders",
          "orders-1",
          "shop.Payments/Charge",
          "CLIENT",
          start,
          total * 0.22,
          {
            "clearspan.attempt": attempt,
            "clearspan.attempt.kind": attempt > 1 ? "retry" : "first",
            "clearspan.peer.instance": "payments-2",
          },
          message,
        )
      : logical;
    const server = add(
      parent,
      "payments",
      bad ? "payments-2" : "payments-1",
      "shop.Payments/Charge",
      "SERVER",
      start + 90,
      total * 0.2,
      { "clearspan.queue_ms": 0.05 },
      bad ? message : "",
    );
    if (!bad) call(server, "payments", "ledger", "shop.Ledger/Append", start + 300, 600, "ledger-1");
  }
  return {
    traceId,
    startedAt: new Date(atMillis).toISOString(),
    startEpochMicros: atMillis * 1000,
    durationMicros: Math.round(total),
    partial: false,
    spans,
  };
}

export const failureOf = (t) => ({
  traceId: t.traceId,
  at: t.startedAt,
  caller: "orders",
  service: t.firstError.service,
  method: t.firstError.method,
  status: t.firstError.status,
  message: t.firstError.message,
  durationMillis: t.durationMillis,
});
