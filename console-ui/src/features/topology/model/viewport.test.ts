import { describe, expect, it } from "vitest";
import type { Box } from "./geometry";
import { between, seen, type Viewport, viewFitting, viewShowing, zoomedAt } from "./viewport";

const frame: Box = { x: 0, y: 0, width: 1000, height: 600 };
const shown = ({ zoom, pan }: Viewport, box: Box) => ({
  left: box.x * zoom + pan.x,
  right: (box.x + box.width) * zoom + pan.x,
  top: box.y * zoom + pan.y,
  bottom: (box.y + box.height) * zoom + pan.y,
});

describe("viewFitting", () => {
  it("puts a large graph in the middle, made smaller", () => {
    const box = { x: -200, y: 50, width: 1904, height: 300 };
    const view = viewFitting(box, frame, 1.15);
    expect(view.zoom).toBe(0.5);
    expect(shown(view, box)).toEqual({ left: 24, right: 976, top: 225, bottom: 375 });
  });

  it("does not blow up a small one", () => {
    expect(viewFitting({ x: 0, y: 0, width: 100, height: 50 }, frame, 1.15).zoom).toBe(1.15);
  });
});

describe("viewShowing", () => {
  const view = { zoom: 1, pan: { x: 0, y: 0 } };

  it("leaves the view alone when the box is in sight", () => {
    expect(viewShowing(view, { x: 100, y: 100, width: 200, height: 80 }, frame)).toEqual(view);
  });

  it("moves by what is covered and no more", () => {
    const box = { x: 500, y: 100, width: 400, height: 80 };
    const beside = { ...frame, width: 600 };
    expect(viewShowing(view, box, beside)).toEqual({ zoom: 1, pan: { x: -324, y: 0 } });
  });

  it("brings back what lies outside on any side", () => {
    const box = { x: -300, y: 900, width: 100, height: 80 };
    const { left, bottom } = shown(viewShowing(view, box, frame), box);
    expect([left, bottom]).toEqual([24, 576]);
  });

  it("makes smaller only what would not fit", () => {
    const wide = { x: 0, y: 0, width: 1904, height: 100 };
    const next = viewShowing(view, wide, frame);
    expect(next.zoom).toBe(0.5);
    expect(shown(next, wide)).toMatchObject({ left: 24, right: 976 });
  });
});

describe("moving the view", () => {
  const view = { zoom: 0.5, pan: { x: 40, y: -20 } };

  it("zooms about the point under the hand", () => {
    const at = { x: 300, y: 200 };
    const next = zoomedAt(view, 2, at);
    expect((at.x - next.pan.x) / 2).toBe((at.x - view.pan.x) / 0.5);
    expect((at.y - next.pan.y) / 2).toBe((at.y - view.pan.y) / 0.5);
  });

  it("starts and ends where it should", () => {
    const to = { zoom: 1, pan: { x: 0, y: 100 } };
    expect([between(view, to, 0), between(view, to, 1)]).toEqual([view, to]);
    expect(between(view, to, 0.5).zoom).toBe(0.75);
  });

  it("knows what part of the graph it shows", () =>
    expect(seen(view, 1000, 600)).toEqual({ x: -80, y: 40, width: 2000, height: 1200 }));
});
