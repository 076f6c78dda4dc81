import { describe, expect, it } from "vitest";
import type { TopologyPatch } from "@/lib/api/types";
import { shop } from "@/testing/fixtures";
import { patched } from "./patched";

const nothing: TopologyPatch = {
  at: "2026-01-01T00:00:00Z",
  revision: 9,
  services: [],
  goneServices: [],
  edges: [],
  goneEdges: [],
  dependencies: null,
  dependencyEdges: null,
};

describe("patched", () => {
  it("leaves the lists as they are when nothing is new", () => {
    const before = shop();
    const after = patched(before, nothing);
    expect(after.revision).toBe(9);
    expect(after.services).toBe(before.services);
    expect(after.edges).toBe(before.edges);
    expect(after.dependencies).toBe(before.dependencies);
  });

  it("takes the dependencies whole", () => {
    const red = { rate: 1, errorShare: 0, p50Millis: 1, p90Millis: 1, p99Millis: 1 };
    const cache = { kind: "cache", system: "redis", name: "", address: "", health: "ok", red } as const;
    const after = patched(shop(), {
      ...nothing,
      dependencies: [{ id: "redis", ...cache }],
      dependencyEdges: [{ caller: "orders", dependency: "redis", health: "ok", red }],
    });
    expect(after.dependencies.map((it) => it.id)).toEqual(["redis"]);
    expect(after.dependencyEdges.map((it) => it.caller)).toEqual(["orders"]);
  });

  it("replaces what changed, in its place, and keeps the rest as the same objects", () => {
    const before = shop();
    const [first, second] = before.services;
    if (!first || !second) throw new Error("the shop has two services");
    const after = patched(before, { ...nothing, services: [{ ...second, processes: 99 }] });
    expect(after.services[0]).toBe(first);
    expect(after.services[1]?.processes).toBe(99);
    expect(after.services).toHaveLength(before.services.length);
  });

  it("adds what is new and takes away what is gone", () => {
    const before = shop();
    const [edge] = before.edges;
    const [service] = before.services;
    if (!edge || !service) throw new Error("the shop has edges");
    const after = patched(before, {
      ...nothing,
      services: [{ ...service, service: "a-new-one" }],
      goneServices: [service.service],
      goneEdges: [{ caller: edge.caller, callee: edge.callee }],
    });
    expect(after.services.map((it) => it.service)).toContain("a-new-one");
    expect(after.services.map((it) => it.service)).not.toContain(service.service);
    expect(after.edges).toHaveLength(before.edges.length - 1);
  });
});
