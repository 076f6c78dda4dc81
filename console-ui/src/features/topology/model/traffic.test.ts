import { describe, expect, it } from "vitest";
import { curveBetween } from "./geometry";
import { BREAKER_AT, marksPerSecond, secondsToCross, Traffic, type TrafficEdge } from "./traffic";

const box = (x: number) => ({ x, y: 0, width: 100, height: 40 });
const edge = (more: Partial<TrafficEdge> = {}): TrafficEdge => ({
  id: "a>b",
  curve: curveBetween(box(0), box(240), 0, 0),
  rate: 4,
  errorShare: 0,
  p50Millis: 1,
  blocked: false,
  ...more,
});

function run(traffic: Traffic, seconds: number) {
  let marks = traffic.step(0);
  for (let n = 0; n < seconds * 50; n++) marks = traffic.step(0.02);
  return marks;
}

describe("traffic", () => {
  it("shows more marks for more calls, within what the eye can tell", () => {
    expect(marksPerSecond(0)).toBe(0);
    expect(marksPerSecond(0.5)).toBe(0.5);
    expect(marksPerSecond(100)).toBeGreaterThan(marksPerSecond(10));
    expect(marksPerSecond(1_000_000)).toBe(11);
  });

  it("tells 5 ms from 50 ms", () => {
    expect(secondsToCross(50) - secondsToCross(5)).toBeCloseTo(0.9);
    expect(secondsToCross(null)).toBe(0.8);
  });

  it("moves calls to the callee, and not beyond", () => {
    const traffic = new Traffic(() => 0.5);
    traffic.setEdges([edge()]);
    const marks = run(traffic, 5);
    expect(marks.length).toBeGreaterThan(0);
    expect(marks.every((m) => m.t < 1 && !m.failed)).toBe(true);
  });

  it("ends calls at an open breaker, as failed", () => {
    const traffic = new Traffic(() => 0.5);
    traffic.setEdges([edge({ blocked: true, rate: 200 })]);
    const marks = run(traffic, 3);
    expect(marks.length).toBeGreaterThan(0);
    expect(marks.every((m) => m.failed && m.t < BREAKER_AT)).toBe(true);
  });

  it("marks failed calls at their share", () => {
    let n = 0;
    const traffic = new Traffic(() => (n++ % 10) / 10);
    traffic.setEdges([edge({ errorShare: 0.3, rate: 400 })]);
    const marks = run(traffic, 4);
    const failed = marks.filter((m) => m.failed).length / marks.length;
    expect(failed).toBeGreaterThan(0.1);
    expect(failed).toBeLessThan(0.6);
  });

  it("is bounded, and forgets edges that are gone", () => {
    const traffic = new Traffic(() => 0.5);
    traffic.setEdges(Array.from({ length: 400 }, (_, i) => edge({ id: `e${i}`, rate: 1e6, p50Millis: 1e6 })));
    expect(run(traffic, 3).length).toBeLessThanOrEqual(600);
    traffic.setEdges([]);
    expect(traffic.step(0.02)).toHaveLength(0);
  });
});
