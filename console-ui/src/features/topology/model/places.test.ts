import { describe, expect, it } from "vitest";
import { movedFrom, positionsOf, toPlaces } from "./places";

const at = { a: { x: 1, y: 2 }, b: { x: 3, y: 4 } };

describe("places", () => {
  it("are the same after a way there and back", () =>
    expect(positionsOf({ boxes: toPlaces(at) })).toEqual(at));

  it("tell what moved, or is new, by a pixel or more", () => {
    expect(movedFrom(at, { ...at, b: { x: 3.4, y: 4.9 } })).toEqual({});
    expect(movedFrom(at, { ...at, b: { x: 3, y: 5 }, c: { x: 0, y: 0 } })).toEqual({
      b: { x: 3, y: 5 },
      c: { x: 0, y: 0 },
    });
    expect(movedFrom({}, at)).toEqual(at);
  });
});
