import { describe, expect, it } from "vitest";
import { method, shop } from "@/testing/fixtures";
import { type Action, suggest } from "./suggest";

const known = {
  topology: shop(),
  methods: [{ service: "payments", methods: [method("shop.Payments/Charge")] }],
  actions: [] as Action[],
};

const signOut = { kind: "action" as const, label: "Sign out", hint: "action", run: () => {} };

describe("suggest", () => {
  it("a trace id means exactly one thing", () => {
    const id = "48cf1f7392731c6c7f29ce4117c02841";
    expect(suggest(` trace=${id.toUpperCase()}`, known)).toMatchObject([
      { kind: "trace", href: `/traces/${id}` },
    ]);
  });

  it("finds the id in a whole log line", () => {
    const line = `2026-11-22 ERROR UNAVAILABLE: refused method=shop.Orders/Get trace=48cf1f7392731c6c7f29ce4117c02841`;
    expect(suggest(line, known)).toMatchObject([{ kind: "trace" }]);
  });

  it("finds services, instances and methods, services first", () => {
    expect(suggest("pay", known).map((s) => [s.kind, s.label])).toEqual([
      ["service", "payments"],
      ["instance", "payments-1"],
      ["method", "Payments/Charge"],
    ]);
  });

  it("ranks a prefix above a match inside", () => {
    expect(suggest("charge", known)[0]).toMatchObject({
      kind: "method",
      href: "/services/payments/methods/shop.Payments/Charge",
    });
    expect(suggest("in", known)[0]?.label).toBe("inventory");
  });

  it("finds actions by what they do, after the places of the same rank", () => {
    expect(suggest("sign", { ...known, actions: [signOut] })).toEqual([signOut]);
    expect(
      suggest("s", { ...known, actions: [signOut] }).findIndex((s) => s.kind === "action"),
    ).toBeGreaterThan(0);
  });

  it("finds nothing for nonsense, and everything plausible for nothing", () => {
    expect(suggest("zzz", known)).toEqual([]);
    expect(suggest("", known).length).toBeGreaterThan(3);
  });
});
