import { describe, expect, it } from "vitest";
import type { Account } from "@/lib/api/rights";
import { instance, method, service, shop, topology } from "@/testing/fixtures";
import { offers, type Steerable } from "./steering";

const admin: Account = { role: "admin", services: [] };
const known = (user: Account | undefined, more: Partial<Steerable> = {}): Steerable => ({
  user,
  topology: shop(),
  methods: [{ service: "payments", methods: [method("shop.Payments/Charge")] }],
  ...more,
});
const labels = (text: string, user: Account | undefined, more: Partial<Steerable> = {}) =>
  offers(text, known(user, more)).map(({ label }) => label);

describe("what the search box may do", () => {
  it("finds what can be done to a service, its callers' breakers and its instances", () => {
    expect(labels("payments", admin)).toEqual([
      "Force breaker open: orders → payments",
      "Edit policy of payments",
      "Invoke a method of payments",
      "Set weight of payments-1",
      "Drain instance payments-1",
      "Eject instance payments-1",
      "Invoke Payments/Charge",
    ]);
  });

  it("takes the words in any order", () => {
    expect(labels("payments-1 drain", admin)).toEqual(["Drain instance payments-1"]);
    expect(offers("weight payments-1", known(admin))[0]?.steering).toEqual({
      do: "instance",
      service: "payments",
      instance: "payments-1",
      action: "weight",
    });
  });

  it("offers a viewer nothing that steers", () => {
    const viewer: Account = { role: "viewer", services: [] };
    expect(labels("payments", viewer)).toEqual([]);
    expect(labels("token", viewer)).toEqual([]);
    expect(labels("chain", viewer)).toEqual(["Check the audit chain"]);
    expect(labels("chain", undefined)).toEqual([]);
  });

  it("offers an operator only what is in scope, and no tokens", () => {
    const operator: Account = { role: "operator", services: ["pay*"] };
    expect(labels("payments", operator)).toContain("Drain instance payments-1");
    expect(labels("breaker", operator)).toEqual(["Force breaker open: orders → payments"]);
    expect(labels("inventory", operator)).toEqual([]);
    expect(labels("token", operator)).toEqual([]);
    expect(labels("token", admin)).toEqual(["Make a new token"]);
  });

  it("offers only what can be done to how it stands", () => {
    const forced = shop();
    const [, edge] = forced.edges;
    if (edge) edge.breaker = "forced_open";
    expect(labels("breaker payments", admin, { topology: forced })).toEqual([
      "Put breaker back to automatic: orders → payments",
    ]);
    const gone = topology(
      [service("payments", { instances: [instance("payments-1", { state: "gone" })] })],
      [],
    );
    expect(labels("payments-1", admin, { topology: gone })).toEqual([]);
  });

  it("does nothing for no words, and never fills more than the list", () => {
    expect(labels(" ", admin)).toEqual([]);
    const many = Array.from({ length: 500 }, (_, n) =>
      service(`s${n}`, { instances: [instance(`s${n}-1`)] }),
    );
    expect(labels("s", admin, { topology: topology(many, []) })).toHaveLength(12);
  });
});
