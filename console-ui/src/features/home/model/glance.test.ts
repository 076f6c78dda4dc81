import { describe, expect, it } from "vitest";
import { edge, instance, service, topology } from "@/testing/fixtures";
import { behind, troubledInstances, worstServices } from "./glance";

const process = (processId: string, state: "applied" | "pending" | "refused" | "silent") => ({
  processId,
  service: "orders",
  instance: null,
  role: "caller" as const,
  state,
  appliedRevision: 7,
  millis: null,
  detail: "",
  ignored: [],
});

describe("health at a glance", () => {
  it("puts failing services first, and leaves out who only calls", () => {
    const services = [
      service("orders"),
      service("storefront", { kind: "client", health: "bad" }),
      service("payments", { health: "bad" }),
      service("ledger", { health: "warn" }),
    ];
    const names = worstServices(topology(services, [edge("orders", "payments")])).map((s) => s.service);
    expect(names).toEqual(["payments", "ledger", "orders"]);
  });

  it("finds instances that take no calls, gone ones first", () => {
    const instances = [
      instance("payments-1"),
      instance("payments-2", { state: "draining" }),
      instance("payments-3", { state: "gone" }),
    ];
    const found = troubledInstances(topology([service("payments", { instances })], []));
    expect(found.map((it) => it.instance.id)).toEqual(["payments-3", "payments-2"]);
  });

  it("names an instance that is up but unreachable for a caller", () => {
    const unreachable = { reporters: 1, callers: 3, since: "2026-01-01T00:00:00Z", cause: "refused" };
    const instances = [instance("payments-1", { unreachable })];
    expect(troubledInstances(topology([service("payments", { instances })], []))).toHaveLength(1);
  });

  it("lists who has not applied a change", () => {
    const acks = {
      service: "payments",
      revision: 9,
      committedAt: null,
      total: 3,
      applied: 1,
      slowestMillis: null,
      complete: false,
      processes: [process("a", "silent"), process("b", "applied"), process("c", "refused")],
    };
    expect(behind([undefined, acks]).map((it) => it.process.processId)).toEqual(["a", "c"]);
  });
});
