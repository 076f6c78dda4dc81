import { describe, expect, it } from "vitest";
import type { Span, Trace } from "@/lib/api/types";
import { criticalPath } from "./criticalPath";
import { buildRows, visibleRows } from "./rows";
import { summarize } from "./summary";

const span = (
  id: string,
  parent: string | null,
  kind: Span["kind"],
  at: number,
  took: number,
  more: Partial<Span> = {},
): Span => ({
  spanId: id,
  parentSpanId: parent,
  service: kind === "CLIENT" ? "orders" : "payments",
  instance: "payments-2",
  name: "shop.Payments/Charge",
  kind,
  startOffsetMicros: at,
  durationMicros: took,
  statusCode: "UNSET",
  statusMessage: "",
  events: [],
  ...more,
  attributes: {
    "rpc.method": "shop.Payments/Charge",
    ...(kind === "CLIENT" ? { "server.address": "payments" } : {}),
    ...more.attributes,
  },
});

const trace = (...spans: Span[]): Trace => ({
  traceId: "0af7651916cd43dd8448eb211c80319c",
  startedAt: "2026-01-01T00:00:00Z",
  startEpochMicros: 0,
  durationMicros: 48_000,
  partial: false,
  spans,
});

const failed = (attempt: number) => ({
  statusCode: "ERROR" as const,
  attributes: {
    "clearspan.attempt": attempt,
    "error.type": "UNAVAILABLE",
    "rpc.response.status_code": "UNAVAILABLE",
    "clearspan.peer.instance": `payments-${attempt}`,
  },
});

describe("buildRows", () => {
  it("draws a call and the server that answered it as one row", () => {
    const [row, ...others] = buildRows(
      trace(
        span("a", null, "CLIENT", 0, 1000),
        span("b", "a", "SERVER", 200, 500, { attributes: { "clearspan.queue_ms": 0.1 } }),
      ),
    );
    expect(others).toEqual([]);
    expect(row).toMatchObject({ kind: "call", service: "payments", caller: "orders", state: "ok", depth: 0 });
    expect(row?.served).toEqual({ startMicros: 200, endMicros: 700, queueMicros: 100, clockAdjusted: false });
  });

  it("hangs what a handler called below the call", () => {
    const rows = buildRows(
      trace(
        span("a", null, "CLIENT", 0, 1000),
        span("b", "a", "SERVER", 200, 500),
        span("c", "b", "CLIENT", 300, 100),
      ),
    );
    expect(visibleRows(rows, new Set()).map((r) => [r.id, r.depth])).toEqual([
      ["a", 0],
      ["c", 1],
    ]);
    expect(visibleRows(rows, new Set(["a"])).map((r) => r.id)).toEqual(["a"]);
  });

  it("gives each attempt of a retried call its own row", () => {
    const rows = buildRows(
      trace(
        span("call", null, "CLIENT", 0, 900, { attributes: { "clearspan.attempts": 2 } }),
        span("one", "call", "CLIENT", 0, 300, failed(1)),
        span("two", "call", "CLIENT", 400, 500, { attributes: { "clearspan.attempt": 2 } }),
        span("server", "two", "SERVER", 500, 300),
      ),
    );
    const flat = visibleRows(rows, new Set());
    expect(flat.map((r) => [r.kind, r.attempt, r.state])).toEqual([
      ["retried", null, "ok"],
      ["attempt", 1, "error"],
      ["attempt", 2, "ok"],
    ]);
    expect(flat[0]?.errorsBelow).toBe(1);
    expect(flat[2]?.served).not.toBeNull();
  });

  it("moves a server's part, and all below it, into the caller's bar when clocks differ", () => {
    const [row] = buildRows(
      trace(
        span("a", null, "CLIENT", 5000, 1000),
        span("b", "a", "SERVER", 0, 600),
        span("c", "b", "CLIENT", 100, 200),
      ),
    );
    expect(row?.served).toMatchObject({ startMicros: 5200, endMicros: 5800, clockAdjusted: true });
    expect(row?.children[0]?.startMicros).toBe(5300);
  });

  it("marks a call refused by a breaker", () => {
    const [row] = buildRows(
      trace(
        span("a", null, "CLIENT", 0, 10, {
          statusCode: "ERROR",
          attributes: { "error.type": "breaker_open", "clearspan.attempts": 0 },
        }),
      ),
    );
    expect(row).toMatchObject({ state: "refused", attempts: 0 });
  });

  it("shows spans whose parents are missing, or are each other", () => {
    const rows = buildRows(
      trace(
        span("a", "gone", "SERVER", 0, 10),
        span("x", "y", "INTERNAL", 1, 1),
        span("y", "x", "INTERNAL", 2, 1),
      ),
    );
    expect(visibleRows(rows, new Set()).map((r) => r.id)).toEqual(["a", "x", "y"]);
    expect(rows[0]?.orphan).toBe(true);
  });

  it("keeps ten thousand spans quick", () => {
    const spans = [span("root", null, "SERVER", 0, 10_000)];
    for (let i = 0; i < 9_999; i++)
      spans.push(span(`s${i}`, i === 0 ? "root" : `s${Math.floor((i - 1) / 3)}`, "INTERNAL", i, 1));
    expect(visibleRows(buildRows(trace(...spans)), new Set())).toHaveLength(10_000);
  });
});

describe("criticalPath", () => {
  it("follows what finished last, backwards", () => {
    const rows = buildRows(
      trace(
        span("root", null, "SERVER", 0, 100),
        span("fast", "root", "INTERNAL", 10, 20),
        span("slow", "root", "INTERNAL", 10, 60),
        span("late", "root", "INTERNAL", 80, 10),
      ),
    );
    const path = criticalPath(rows);
    expect(path.get("root")).toEqual([
      { startMicros: 0, endMicros: 10 },
      { startMicros: 70, endMicros: 80 },
      { startMicros: 90, endMicros: 100 },
    ]);
    expect(path.get("slow")).toEqual([{ startMicros: 10, endMicros: 70 }]);
    expect(path.has("fast")).toBe(false);
  });
});

describe("summarize", () => {
  it("names what failed, how often it was tried, and where", () => {
    const rows = buildRows(
      trace(
        span("root", null, "CLIENT", 0, 48_000, {
          service: "storefront",
          statusCode: "ERROR",
          attributes: { "server.address": "orders", "error.type": "UNAVAILABLE" },
        }),
        span("serve", "root", "SERVER", 1000, 46_000, { service: "orders" }),
        span("call", "serve", "CLIENT", 2000, 31_000, {
          statusCode: "ERROR",
          attributes: { "clearspan.attempts": 2, "error.type": "UNAVAILABLE" },
        }),
        span("one", "call", "CLIENT", 2000, 10_000, failed(1)),
        span("two", "call", "CLIENT", 20_000, 13_000, failed(2)),
      ),
    );
    expect(summarize(rows, 48_000)).toBe(
      "payments Payments/Charge failed: UNAVAILABLE after 2 attempts on payments-2, 31\u202fms of 48\u202fms",
    );
  });

  it("does not blame an attempt whose call succeeded at the next one", () => {
    const rows = buildRows(
      trace(
        span("call", null, "CLIENT", 0, 31_000, { attributes: { "clearspan.attempts": 2 } }),
        span("one", "call", "CLIENT", 0, 10_000, failed(1)),
        span("two", "call", "CLIENT", 20_000, 11_000, { attributes: { "clearspan.attempt": 2 } }),
      ),
    );
    expect(summarize(rows, 31_000)).toBe("Payments/Charge answered OK in 31\u202fms");
  });

  it("says that all is well when it is", () => {
    const rows = buildRows(trace(span("a", null, "CLIENT", 0, 1500)));
    expect(summarize(rows, 1500)).toBe("Payments/Charge answered OK in 1.5\u202fms");
  });
});
