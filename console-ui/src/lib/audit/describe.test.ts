import { describe, expect, it } from "vitest";
import { auditRow } from "@/testing/fixtures";
import { describeChange } from "./describe";

describe("describeChange", () => {
  it.each([
    [{ before: { weight: 100 }, after: { weight: 25 } }, "weight of payments-2 100 → 25"],
    [{ before: null, after: { weight: 0 } }, "weight of payments-2 base → 0"],
    [{ before: { weight: 25 }, after: null }, "override of payments-2 lifted"],
    [{ after: { drain: true } }, "payments-2 drained"],
    [{ after: { eject: true, drain: true } }, "payments-2 ejected"],
    [{ key: "svc/payments/ctl/instance/*", after: { a: {}, b: {} } }, "2 instances"],
    [{ key: "svc/payments/ctl/policy", after: {} }, "policy changed"],
    [{ key: "svc/payments/ctl/policy", after: null }, "policy removed"],
    [
      { key: "svc/payments/ctl/policy", action: "telemetry.keep", after: {} },
      "every call of a caller is kept for a while",
    ],
    [
      { key: "svc/payments/ctl/policy", action: "telemetry.end", after: null },
      "an order to keep calls has ended",
    ],
    [{ key: "fleet", action: "external" }, "external"],
  ])("%j reads %s", (more, expected) => expect(describeChange(auditRow("a", 1, more))).toBe(expected));

  it("names the breaker entry that came, or says automatic", () => {
    const open = { forced: [{ caller: "orders", state: "OPEN" }] };
    const row = (before: unknown, after: unknown) =>
      describeChange(auditRow("a", 1, { key: "svc/payments/ctl/breaker", before, after }));
    expect(row(null, open)).toBe("breaker of orders forced open");
    expect(row(open, { forced: [] })).toBe("breaker back to automatic");
    expect(row(null, { forced: [{ state: "CLOSED" }] })).toBe("breaker of any caller forced closed");
  });
});
