import { describe, expect, it } from "vitest";
import type { Dependency, EdgeBreaker } from "@/lib/api/types";
import { edge, instance, red, service, shop, topology } from "@/testing/fixtures";
import { attention } from "./attention";
import { withDependencies } from "./dependencies";
import { angleAt, around, boundsOf, curveBetween, distanceTo, lengthOf, pointAt } from "./geometry";
import { layOut, measure, settle } from "./layout";
import {
  blocksAll,
  breakerMark,
  curvesOf,
  EdgeWidths,
  litBy,
  placeEdges,
  sceneEdges,
  sceneNodes,
  strokeOf,
} from "./scene";

const WIDTH = 160;
const spacing = { across: 120, down: 40 };
const scene = (t = shop()) => ({ nodes: sceneNodes(t, WIDTH), edges: sceneEdges(t) });
const withBreaker = (states: EdgeBreaker[], whole: EdgeBreaker) =>
  edge("orders", "payments", {
    breaker: whole,
    instances: states.map((breaker, n) => ({ instance: `p-${n}`, share: 0, red: red(0), breaker })),
  });

describe("layout", () => {
  it("puts callers left of what they call", () => {
    const { nodes, edges } = scene();
    const at = layOut(nodes, edges, spacing);
    expect(at.shopper?.x).toBeLessThan(at.orders?.x ?? 0);
    expect(at.orders?.x).toBeLessThan(at.payments?.x ?? 0);
    expect(at.payments?.x).toBe(at.inventory?.x);
  });

  it("keeps a service beside its caller, however many databases it calls", () => {
    const dependencies = ["a", "b", "c"].map((id) => ({
      ...{ id, kind: "database", system: id, name: "", address: "", health: "ok", red: red(1) },
    })) as Dependency[];
    const t = withDependencies({
      ...topology(
        ["x", "y", "z", "shop"].map((name) => service(name)),
        [edge("x", "y"), edge("y", "z"), edge("x", "shop")],
      ),
      dependencies,
      dependencyEdges: dependencies.flatMap(({ id }) =>
        ["z", "shop"].map((caller) => ({ caller, dependency: id, health: "ok" as const, red: red(1) })),
      ),
    });
    const { nodes, edges } = scene(t);
    const at = layOut(nodes, edges, spacing);
    expect(at.shop?.x).toBe(at.y?.x);
  });

  it("survives cycles and services that call nobody", () => {
    const t = topology([service("a"), service("b"), service("alone")], [edge("a", "b"), edge("b", "a")]);
    const { nodes, edges } = scene(t);
    expect(Object.keys(layOut(nodes, edges, spacing))).toHaveLength(3);
  });

  it("never moves a known box when one comes, and puts the new one beside its caller", () => {
    const before = scene();
    const known = layOut(before.nodes, before.edges, spacing);
    const t = shop();
    const grown = topology([...t.services, service("shipping")], [...t.edges, edge("orders", "shipping")]);
    const after = scene(grown);
    const next = settle(known, after.nodes, after.edges, spacing);
    for (const id of Object.keys(known)) expect(next[id]).toEqual(known[id]);
    expect(next.shipping?.x).toBe((known.orders?.x ?? 0) + WIDTH + spacing.across);
    const rows = [next.payments, next.inventory, next.shipping].map((p) => p?.y);
    expect(new Set(rows).size).toBe(3);
  });

  it("a box that grows pushes only those under it", () => {
    const nodes = [
      { id: "a", width: 100, height: 50 },
      { id: "b", width: 100, height: 50 },
    ];
    const known = { a: { x: 0, y: 0 }, b: { x: 0, y: 60 } };
    const next = settle(
      known,
      [{ id: "a", width: 100, height: 90 }, nodes[1] as (typeof nodes)[0]],
      [],
      spacing,
    );
    expect(next).toEqual({ a: { x: 0, y: 0 }, b: { x: 0, y: 106 } });
  });

  it("has narrower boxes on narrow screens", () => {
    expect(measure(1250, 900)).toMatchObject({ wide: true, boxWidth: 168 });
    expect(measure(830, 760)).toMatchObject({ wide: false, boxWidth: 150 });
    expect(measure(2400, 900).spacing.across).toBe(190);
  });
});

describe("edges", () => {
  it("run from the caller's right side to the callee's left side", () => {
    const { nodes, edges } = scene();
    const positions = layOut(nodes, edges, spacing);
    const [first] = placeEdges(edges, curvesOf(nodes, edges, positions));
    expect(first?.curve.start.x).toBe((positions.shopper?.x ?? 0) + WIDTH);
    expect(first?.curve.end.x).toBe(positions.orders?.x);
  });

  it("leave a box in the order of their targets, so that they do not cross", () => {
    const { nodes, edges } = scene();
    const positions = {
      ...layOut(nodes, edges, spacing),
      payments: { x: 600, y: 400 },
      inventory: { x: 600, y: 0 },
    };
    const placed = placeEdges(edges, curvesOf(nodes, edges, positions));
    const y = (callee: string) => placed.find((e) => e.edge.callee === callee)?.curve.start.y ?? 0;
    expect(y("inventory")).toBeLessThan(y("payments"));
  });

  it("grow with the logarithm of the rate, 1.5 to 3 px", () => {
    const width = (rate: number) => new EdgeWidths().of("a>b", rate);
    expect(width(0)).toBe(1.5);
    expect(width(1_000_000)).toBe(3);
    expect(width(100)).toBeGreaterThan(width(10));
  });

  it("keeps the width of a line whose rate trembles at the border of two, and follows one that changes", () => {
    const widths = new EdgeWidths();
    // 17.78 calls a second lie half way between two widths.
    const first = widths.of("a>b", 17);
    expect([18, 17.2, 18.6, 17].map((rate) => widths.of("a>b", rate))).toEqual(Array(4).fill(first));
    expect(widths.of("a>b", 60)).toBeGreaterThan(first);
    expect(widths.of("a>c", 18)).toBeGreaterThan(first);
  });

  it("look the same until health, width or what is selected changes", () => {
    const of = (red: ReturnType<typeof edge>["red"]) =>
      sceneEdges(topology([], [edge("a", "b", { red })]))[0];
    const key = (rate: number, lit: Set<string> | null = null) =>
      strokeOf(of(red(rate)) as NonNullable<ReturnType<typeof of>>, lit).key;
    expect(key(50)).toBe(key(52));
    expect(key(50)).not.toBe(key(500));
    expect(key(50, new Set())).not.toBe(key(50, new Set(["a>b"])));
  });

  it("light up with what touches the selection, and only that", () => {
    const { edges } = scene();
    expect(litBy(undefined, edges)).toBeNull();
    expect([...(litBy("orders>payments", edges) ?? [])].sort()).toEqual([
      "orders",
      "orders>payments",
      "payments",
    ]);
    expect(litBy("orders", edges)?.has("inventory")).toBe(true);
    expect(litBy("payments", edges)?.has("inventory")).toBe(false);
  });
});

describe("curves", () => {
  const curve = curveBetween(
    { x: 0, y: 0, width: 100, height: 40 },
    { x: 300, y: 200, width: 100, height: 40 },
    0,
    0,
  );

  it("start and end level", () => {
    expect(pointAt(curve, 0)).toEqual({ x: 100, y: 20 });
    expect(pointAt(curve, 1)).toEqual({ x: 300, y: 220 });
    expect(Math.abs(angleAt(curve, 0))).toBeLessThan(0.2);
    expect(Math.abs(angleAt(curve, 1))).toBeLessThan(0.2);
    expect(lengthOf(curve)).toBeGreaterThan(Math.hypot(200, 200));
  });

  it("lie within their bounds", () => {
    const { x, y, width, height } = boundsOf(curve);
    for (let t = 0; t <= 1; t += 0.05) {
      const at = pointAt(curve, t);
      expect(at.x >= x && at.x <= x + width && at.y >= y && at.y <= y + height).toBe(true);
    }
  });

  it("are as far as the nearest point on them", () => {
    expect(distanceTo(curve, pointAt(curve, 0.3))).toBeLessThan(0.5);
    expect(distanceTo(curve, { x: 100, y: 13 })).toBeCloseTo(7);
    expect(distanceTo(curve, { x: 310, y: 220 })).toBeCloseTo(10);
  });
});

it("the box around nothing is none", () => {
  expect(around([])).toBeUndefined();
  expect(
    around([
      { x: 0, y: 0, width: 10, height: 10 },
      { x: -5, y: 20, width: 1, height: 2 },
    ]),
  ).toEqual({ x: -5, y: 0, width: 15, height: 22 });
});

describe("breakers on edges", () => {
  it("a closed one is not drawn", () => {
    expect(breakerMark(edge("a", "b"))).toMatchObject({ shape: "none", forced: false });
  });

  it("open for some instances lets calls pass, open for all does not", () => {
    const some = breakerMark(withBreaker(["open", "closed", "closed"], "open"));
    expect(some).toEqual({ shape: "open", forced: false, stuck: 1, of: 3 });
    expect(blocksAll(some)).toBe(false);
    expect(blocksAll(breakerMark(withBreaker(["open", "open"], "open")))).toBe(true);
  });

  it("forced open blocks all and carries the mark, with and without known instances", () => {
    expect(breakerMark(withBreaker(["forced_open", "forced_open"], "forced_open"))).toMatchObject({
      forced: true,
      stuck: 2,
    });
    expect(blocksAll(breakerMark(withBreaker([], "forced_open")))).toBe(true);
  });
});

describe("attention", () => {
  it("is empty when all is well", () => expect(attention(shop())).toEqual([]));

  it("names the gone instance and who reports it, worst first", () => {
    const unreachable = { reporters: 3, callers: 3, since: "2026-01-01T00:00:00Z", cause: "reset" };
    const gone = service("payments", { instances: [instance("payments-2", { state: "gone", unreachable })] });
    const failing = edge("orders", "payments", { health: "warn", red: red(10, 0.03) });
    const items = attention(topology([gone], [failing]));
    expect(items.map((i) => i.text)).toEqual([
      "payments-2 gone, reported by 3 of 3 callers",
      "orders → payments: 3\u202f% of calls fail",
    ]);
    expect(items[0]?.tone).toBe("bad");
  });

  it("says whether an open breaker blocks all calls", () => {
    const text = (e: ReturnType<typeof edge>) => attention(topology([], [e]))[0]?.text;
    expect(text(withBreaker(["open", "closed"], "open"))).toBe(
      "orders → payments: breaker open for 1 of 2 instances",
    );
    expect(text(withBreaker(["open"], "open"))).toBe("orders → payments: breaker open, no call passes");
    expect(text(withBreaker(["forced_open"], "forced_open"))).toBe("orders → payments is forced open");
  });
});
