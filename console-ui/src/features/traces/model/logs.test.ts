import { describe, expect, it } from "vitest";
import type { LogLine, Trace } from "@/lib/api/types";
import { filterLines, loudness, marksOf, placeLines } from "./logs";
import type { Row } from "./rows";

const line = (over: Partial<LogLine>): LogLine => ({
  at: "2026-05-04T12:00:00.001500Z",
  spanId: "a",
  service: "orders",
  instance: "orders-1",
  logger: "shop.Orders",
  severity: "INFO",
  severityText: "INFO",
  body: "placing",
  attributes: {},
  ...over,
});
const trace = { startEpochMicros: Date.parse("2026-05-04T12:00:00Z") * 1_000 } as Trace;
const row = (id: string, span: string, server: string | null, children: Row[] = []) =>
  ({ id, span: { spanId: span }, server: server ? { spanId: server } : null, children }) as unknown as Row;

describe("log lines", () => {
  const roots = [row("r1", "a", "b", [row("r2", "c", null)])];

  it("belong to the row of the caller's or the server's span, or to none", () => {
    const placed = placeLines(
      [line({}), line({ spanId: "b" }), line({ spanId: "c" }), line({ spanId: "x" }), line({ spanId: null })],
      roots,
      trace,
    );
    expect(placed.map(({ rowId }) => rowId)).toEqual(["r1", "r1", "r2", null, null]);
    expect(placed[0]?.offsetMicros).toBe(1_500);
    expect(new Set(placed.map(({ key }) => key)).size).toBe(5);
  });

  it("are found by severity and text", () => {
    const placed = placeLines(
      [line({}), line({ severity: "WARN", body: "Slow" }), line({ severity: "" })],
      roots,
      trace,
    );
    expect(filterLines(placed, "WARN", "")).toHaveLength(1);
    expect(filterLines(placed, undefined, "slow")).toHaveLength(1);
    expect(filterLines(placed, undefined, "shop.orders")).toHaveLength(3);
    expect(filterLines(placed, undefined, "")).toHaveLength(3);
  });

  it("leave marks on their rows", () => {
    const placed = placeLines([line({}), line({ severity: "FATAL" }), line({ spanId: null })], roots, trace);
    expect(marksOf(placed).get("r1")).toEqual([
      { offsetMicros: 1_500, loudness: "quiet" },
      { offsetMicros: 1_500, loudness: "bad" },
    ]);
    expect(loudness(line({ severity: "WARN" }))).toBe("warn");
  });
});
