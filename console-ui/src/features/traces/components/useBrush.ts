import { type PointerEvent, useState } from "react";
import type { Box } from "../model/scatter";

/** Less than this is a click. */
const LEAST_PX = 6;

interface Point {
  x: number;
  y: number;
}

interface Brush {
  /** What is being drawn. */
  box: Box | null;
  handlers: {
    onPointerDown: (event: PointerEvent<HTMLElement>) => void;
    onPointerMove: (event: PointerEvent<HTMLElement>) => void;
    onPointerUp: (event: PointerEvent<HTMLElement>) => void;
    onPointerCancel: () => void;
  };
}

/** A rectangle drawn by dragging; pressing without dragging is a click. */
export function useBrush(onBox: (box: Box) => void, onClick: (at: Point) => void): Brush {
  const [start, setStart] = useState<Point | null>(null);
  const [end, setEnd] = useState<Point | null>(null);
  const box = start && end && isDrag(start, end) ? between(start, end) : null;
  const over = () => {
    setStart(null);
    setEnd(null);
  };
  return {
    box,
    handlers: {
      onPointerDown: (event) => {
        if (event.button !== 0) return;
        event.currentTarget.setPointerCapture(event.pointerId);
        setStart(pointOf(event));
        setEnd(null);
      },
      onPointerMove: (event) => {
        if (start) setEnd(within(event));
      },
      onPointerUp: (event) => {
        if (!start) return;
        over();
        const last = within(event);
        if (isDrag(start, last)) onBox(between(start, last));
        else onClick(last);
      },
      onPointerCancel: over,
    },
  };
}

const pointOf = ({ nativeEvent: { offsetX, offsetY } }: PointerEvent) => ({ x: offsetX, y: offsetY });

function within(event: PointerEvent<HTMLElement>): Point {
  const { x, y } = pointOf(event);
  const { clientWidth, clientHeight } = event.currentTarget;
  return { x: Math.min(Math.max(x, 0), clientWidth), y: Math.min(Math.max(y, 0), clientHeight) };
}

const isDrag = (a: Point, b: Point) => Math.hypot(a.x - b.x, a.y - b.y) >= LEAST_PX;

const between = (a: Point, b: Point): Box => ({
  left: Math.min(a.x, b.x),
  top: Math.min(a.y, b.y),
  width: Math.abs(a.x - b.x),
  height: Math.abs(a.y - b.y),
});
