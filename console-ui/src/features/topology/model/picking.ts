import { type Box, boundsOf, type Curve, distanceTo, type Point } from "./geometry";

export interface PickableBox {
  id: string;
  box: Box;
}

export interface PickableCurve {
  id: string;
  curve: Curve;
}

/**
 * The box under the point, or else the nearest curve within reach. Curves whose bounds lie elsewhere cost one
 * comparison: thousands are searched faster than an index of them would be kept.
 */
export function pick(
  at: Point,
  boxes: readonly PickableBox[],
  curves: readonly PickableCurve[],
  reach: number,
): string | undefined {
  return boxes.find(({ box }) => near(at, box, 0))?.id ?? nearestCurve(at, curves, reach);
}

function nearestCurve(at: Point, curves: readonly PickableCurve[], reach: number): string | undefined {
  let nearest: string | undefined;
  let least = reach;
  for (const { id, curve } of curves) {
    if (!near(at, boundsOf(curve), reach)) continue;
    const distance = distanceTo(curve, at);
    if (distance > least) continue;
    least = distance;
    nearest = id;
  }
  return nearest;
}

const near = (at: Point, { x, y, width, height }: Box, reach: number) =>
  at.x >= x - reach && at.x <= x + width + reach && at.y >= y - reach && at.y <= y + height + reach;
