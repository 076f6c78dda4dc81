import { describe, expect, it } from "vitest";
import { isPrefix, scopeWords, withRole, withService } from "./rights";

describe("rights", () => {
  const scoped = { role: "operator", services: ["payments"] } as const;

  it("only operators keep a scope", () => {
    expect(withRole({ ...scoped, services: [...scoped.services] }, "admin")).toEqual({
      role: "admin",
      services: [],
    });
    expect(withRole({ role: "viewer", services: [] }, "nonsense").role).toBe("viewer");
  });

  it("takes services in and out, in order", () => {
    const both = withService({ role: "operator", services: ["payments"] }, "orders", true);
    expect(both.services).toEqual(["orders", "payments"]);
    expect(withService(both, "payments", false).services).toEqual(["orders"]);
  });

  it("says what somebody may steer", () => {
    expect(scopeWords({ role: "operator", services: [] })).toBe("all services");
    expect(scopeWords({ role: "operator", services: ["orders", "payments"] })).toBe("orders, payments");
    expect(scopeWords({ role: "viewer", services: [] })).toBe("–");
  });

  it("takes the beginning of names, without the star", () => {
    expect(isPrefix("pay")).toBe(true);
    expect(isPrefix("pay*")).toBe(false);
    expect(isPrefix("Pay")).toBe(false);
    expect(isPrefix("")).toBe(false);
  });
});
