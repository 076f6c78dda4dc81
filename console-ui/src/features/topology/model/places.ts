import type { Layout, Place } from "@/lib/api/types";
import type { Positions } from "./layout";

export const positionsOf = ({ boxes }: Layout): Positions =>
  Object.fromEntries(boxes.map(({ id, x, y }) => [id, { x, y }]));

export const toPlaces = (positions: Positions): Place[] =>
  Object.entries(positions).map(([id, { x, y }]) => ({ id, x, y }));

/** Those that have another place than they had, or had none; a pixel is no other place. */
export function movedFrom(before: Positions, after: Positions): Positions {
  return Object.fromEntries(
    Object.entries(after).filter(([id, { x, y }]) => {
      const was = before[id];
      return !was || Math.abs(was.x - x) >= 1 || Math.abs(was.y - y) >= 1;
    }),
  );
}
