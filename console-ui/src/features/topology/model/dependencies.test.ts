import { describe, expect, it } from "vitest";
import type { Topology } from "@/lib/api/types";
import { red, shop } from "@/testing/fixtures";
import { attention } from "./attention";
import {
  dependencyOf,
  failedPerSecond,
  idOfDependency,
  isDependency,
  readableId,
  titleOf,
  withDependencies,
} from "./dependencies";
import { filtered } from "./filter";
import { sceneEdges, strokeOf } from "./scene";

const database = {
  id: "postgresql/shop@db:5432",
  kind: "database",
  system: "postgresql",
  name: "shop",
  address: "db:5432",
  health: "warn",
  red: red(4, 0.5),
} as const;
const map: Topology = {
  ...shop(),
  dependencies: [database],
  dependencyEdges: [{ caller: "orders", dependency: database.id, health: "warn", red: red(4, 0.5) }],
};
const id = idOfDependency(database.id);

describe("dependencies on the map", () => {
  it("are boxes and lines of their own, which no service's name can be", () => {
    const drawn = withDependencies(map);
    expect(drawn.services.at(-1)).toMatchObject({ service: id, kind: "external", health: "warn" });
    expect(drawn.edges.at(-1)).toMatchObject({ caller: "orders", callee: id, breaker: "closed" });
    expect(drawn.services).toHaveLength(map.services.length + 1);
    expect(isDependency("orders")).toBe(false);
    expect(withDependencies(shop())).toEqual(shop());
  });

  it("are found by what they stand for", () => {
    expect(dependencyOf(map, id)).toBe(database);
    expect(dependencyOf(map, database.id)).toBeUndefined();
    expect(titleOf(database)).toBe("shop");
    expect(titleOf({ ...database, name: "" })).toBe("postgresql");
    expect(readableId(`orders>${id}`)).toBe("orders → postgresql/shop@db:5432");
  });

  it("are found and hidden like services", () => {
    const drawn = withDependencies(map);
    expect([...(filtered(drawn, { find: "name~*postgresql*" }).found ?? [])]).toContain(id);
    expect(filtered(drawn, { hide: "name~*postgresql*" }).topology.services).toHaveLength(
      map.services.length,
    );
    expect(filtered(drawn, { focus: id }).topology.services.map((it) => it.service)).toEqual(["orders", id]);
  });

  it("have dashed lines", () => {
    const edges = sceneEdges(withDependencies(map));
    const looks = edges.map((edge) => strokeOf(edge, null));
    expect(looks.filter(({ dashed }) => dashed)).toHaveLength(1);
    const own = edges.find((it) => it.edge.caller === "orders" && !it.external);
    expect(own && strokeOf(own, null).key).not.toBe(looks.at(-1)?.key);
  });

  it("call for nobody's attention: their numbers are of kept traces", () =>
    expect(attention(map)).toEqual(attention(shop())));

  it("say what fails in calls a second", () => expect(failedPerSecond(red(4, 0.5))).toBe(2));
});
