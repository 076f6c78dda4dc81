import { describe, expect, it } from "vitest";
import { layered } from "./layered";
import type { LayoutEdge, LayoutNode, Positions } from "./layout";

const spacing = { across: 120, down: 40 };
const boxes = (...ids: string[]): LayoutNode[] => ids.map((id) => ({ id, width: 160, height: 60 }));
const calls = (...pairs: string[]): LayoutEdge[] =>
  pairs.map((pair) => {
    const [caller = "", callee = ""] = pair.split(">");
    return { edge: { caller, callee }, external: false };
  });

function overlaps(nodes: LayoutNode[], at: Positions): string[] {
  const places = nodes.map((node) => ({ ...node, ...(at[node.id] ?? { x: 0, y: 0 }) }));
  return places.flatMap((a, n) =>
    places
      .slice(n + 1)
      .filter(
        (b) => a.x < b.x + b.width && b.x < a.x + a.width && a.y < b.y + b.height && b.y < a.y + a.height,
      )
      .map((b) => `${a.id} ${b.id}`),
  );
}

describe("layered", () => {
  it("puts callees right of all their callers", () => {
    const at = layered(boxes("d", "c", "b", "a"), calls("a>b", "b>c", "a>c", "c>d"), spacing);
    const x = (id: string) => at[id]?.x ?? Number.NaN;
    expect(x("a")).toBeLessThan(x("b"));
    expect(x("b")).toBeLessThan(x("c"));
    expect(x("c")).toBeLessThan(x("d"));
  });

  it("places all of a cycle, what calls itself and what calls nobody", () => {
    const nodes = boxes("a", "b", "c", "alone");
    const at = layered(nodes, calls("a>b", "b>c", "c>a", "a>a", "a>gone"), spacing);
    expect(Object.keys(at)).toHaveLength(4);
    expect(overlaps(nodes, at)).toEqual([]);
  });

  it("uncrosses what need not cross", () => {
    const at = layered(boxes("a", "b", "x", "y"), calls("a>y", "b>x"), spacing);
    const y = (id: string) => at[id]?.y ?? Number.NaN;
    expect(Math.sign(y("a") - y("b"))).toBe(Math.sign(y("y") - y("x")));
  });

  it("makes of 500 services a map that fits a screen, without overlaps", () => {
    const nodes = boxes(...Array.from({ length: 500 }, (_, n) => `s${n}`));
    // Four callees each, all in a deeper fifth.
    const edges = Array.from({ length: 2_000 }, (_, n) => {
      const caller = n % 400;
      const callee = (Math.floor(caller / 100) + 1) * 100 + ((n * 37) % 100);
      return `s${caller}>s${callee}`;
    });
    const at = layered(nodes, calls(...edges), spacing);
    expect(overlaps(nodes, at)).toEqual([]);
    const all = Object.values(at);
    const width = Math.max(...all.map(({ x }) => x)) + 160 - Math.min(...all.map(({ x }) => x));
    const height = Math.max(...all.map(({ y }) => y)) + 60 - Math.min(...all.map(({ y }) => y));
    expect(width / height).toBeGreaterThan(1);
    expect(width / height).toBeLessThan(2.5);
  });

  it("knows what to do with nothing", () => expect(layered([], [], spacing)).toEqual({}));
});
