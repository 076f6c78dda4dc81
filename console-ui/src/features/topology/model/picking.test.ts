import { describe, expect, it } from "vitest";
import { curveBetween } from "./geometry";
import { pick } from "./picking";

const box = (x: number, y: number) => ({ x, y, width: 100, height: 40 });
const boxes = [
  { id: "a", box: box(0, 0) },
  { id: "b", box: box(300, 0) },
];
const curves = [
  { id: "a>b", curve: curveBetween(box(0, 0), box(300, 0), 0, 0) },
  { id: "a>c", curve: curveBetween(box(0, 0), box(300, 0), 8, 8) },
];

describe("pick", () => {
  it("takes a box before what lies under it", () =>
    expect(pick({ x: 99, y: 20 }, boxes, curves, 6)).toBe("a"));

  it("takes the nearest of several curves within reach", () => {
    expect(pick({ x: 200, y: 22 }, boxes, curves, 6)).toBe("a>b");
    expect(pick({ x: 200, y: 26 }, boxes, curves, 6)).toBe("a>c");
  });

  it("takes nothing beyond reach", () => {
    expect(pick({ x: 200, y: 40 }, boxes, curves, 6)).toBeUndefined();
    expect(pick({ x: 600, y: 20 }, boxes, curves, 6)).toBeUndefined();
  });
});
