import { useCallback, useState } from "react";
import { type Box, overlaps } from "../model/geometry";
import { seen, type Viewport } from "../model/viewport";

/** A view that moves less than this part of itself shows what is made already. */
const MARGIN = 0.5;
const EVERYTHING = () => true;

/**
 * Which boxes of a large map are in sight or close to it: only those are made. Of a small map all are, so that the
 * keyboard reaches each of them; for a large one the table does that.
 */
export function useSeen(large: boolean): [(box: Box) => boolean, (viewport: Viewport) => void] {
  const [made, setMade] = useState<Box | null>(null);
  const setViewport = useCallback(
    (viewport: Viewport) => {
      if (!large) return;
      const shown = seen(viewport, window.innerWidth, window.innerHeight);
      setMade((known) => (known && contains(known, shown) ? known : grown(shown)));
    },
    [large],
  );
  const isSeen = useCallback((box: Box) => made === null || overlaps(made, box), [made]);
  return [large ? isSeen : EVERYTHING, setViewport];
}

const contains = (outer: Box, inner: Box) =>
  inner.x >= outer.x &&
  inner.y >= outer.y &&
  inner.x + inner.width <= outer.x + outer.width &&
  inner.y + inner.height <= outer.y + outer.height;

const grown = ({ x, y, width, height }: Box): Box => ({
  x: x - width * MARGIN,
  y: y - height * MARGIN,
  width: width * (1 + 2 * MARGIN),
  height: height * (1 + 2 * MARGIN),
});
