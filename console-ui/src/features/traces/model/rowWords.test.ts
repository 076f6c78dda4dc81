import { describe, expect, it } from "vitest";
import type { Row } from "./rows";
import { naturalWidth, rowWords } from "./rowWords";

const row = (more: Partial<Row>): Row =>
  ({
    id: "a",
    kind: "call",
    state: "ok",
    depth: 0,
    service: "payments",
    method: "shop.Payments/Charge",
    status: "OK",
    attempt: null,
    attempts: 1,
    peer: null,
    errorsBelow: 0,
    orphan: false,
    ...more,
  }) as Row;

const attempt = row({
  kind: "attempt",
  state: "error",
  status: "UNAVAILABLE",
  depth: 2,
  attempt: 1,
  peer: "payments-2",
});

describe("rowWords", () => {
  it("names a call by service and method, an attempt by its number and instance", () => {
    expect(rowWords(row({}), false)).toEqual({ service: "payments", name: "Payments/Charge", flags: [] });
    expect(rowWords(attempt, false)).toEqual({
      service: null,
      name: "attempt 1 on payments-2",
      flags: [{ text: "UNAVAILABLE", tone: "bad" }],
    });
  });

  it("keeps the errors of what is folded away", () => {
    const folded = row({ errorsBelow: 2, attempts: 3 });
    expect(rowWords(folded, true).flags.map((flag) => flag.text)).toEqual(["3 attempts", "2 failed below"]);
    expect(rowWords(folded, false).flags.map((flag) => flag.text)).toEqual(["3 attempts"]);
  });
});

describe("naturalWidth", () => {
  const tenEach = (text: string) => text.length * 10;

  it("is what the widest row needs, flags included", () => {
    const alone = naturalWidth([attempt], new Set(), tenEach);
    expect(alone).toBeGreaterThan("attempt 1 on payments-2".length * 10 + "UNAVAILABLE".length * 10);
    expect(naturalWidth([row({}), attempt], new Set(), tenEach)).toBe(alone);
    expect(naturalWidth([], new Set(), tenEach)).toBe(0);
  });
});
