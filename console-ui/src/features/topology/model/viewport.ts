import type { Box, Point } from "./geometry";

/** Coordinates of the graph times zoom plus pan are pixels from the view's top left corner. */
export interface Viewport {
  zoom: number;
  pan: Point;
}

const MARGIN = 24;
const MIN_ROOM = 120;

/** The view of the whole box in the middle of the frame (in pixels), no larger than maxZoom. */
export function viewFitting(box: Box, frame: Box, maxZoom: number): Viewport {
  const room = inner(frame);
  const zoom = Math.min(maxZoom, room.width / box.width, room.height / box.height);
  return {
    zoom,
    pan: {
      x: room.x + (room.width - box.width * zoom) / 2 - box.x * zoom,
      y: room.y + (room.height - box.height * zoom) / 2 - box.y * zoom,
    },
  };
}

/** The view moved just so far that the box lies in the frame; smaller only if it would not fit there. */
export function viewShowing({ zoom, pan }: Viewport, box: Box, frame: Box): Viewport {
  const room = inner(frame);
  const next = Math.min(zoom, room.width / box.width, room.height / box.height);
  const along = (start: number, length: number, offset: number, from: number, space: number) => {
    const middle = (start + length / 2) * zoom + offset;
    const wished = middle - (length * next) / 2;
    const placed = Math.min(Math.max(wished, from), from + space - length * next);
    return placed - start * next;
  };
  return {
    zoom: next,
    pan: {
      x: along(box.x, box.width, pan.x, room.x, room.width),
      y: along(box.y, box.height, pan.y, room.y, room.height),
    },
  };
}

/** The view at another zoom, with the point (in pixels) where it was. */
export function zoomedAt({ zoom, pan }: Viewport, next: number, at: Point): Viewport {
  const along = (pixel: number, offset: number) => pixel - ((pixel - offset) / zoom) * next;
  return { zoom: next, pan: { x: along(at.x, pan.x), y: along(at.y, pan.y) } };
}

/** On the way from one view to another: 0 to 1, slower towards both ends. */
export function between(from: Viewport, to: Viewport, share: number): Viewport {
  const eased = share * share * (3 - 2 * share);
  const along = (a: number, b: number) => a + (b - a) * eased;
  return {
    zoom: along(from.zoom, to.zoom),
    pan: { x: along(from.pan.x, to.pan.x), y: along(from.pan.y, to.pan.y) },
  };
}

/** The part of the graph that a view of this size shows. */
export function seen({ zoom, pan }: Viewport, width: number, height: number): Box {
  return { x: -pan.x / zoom, y: -pan.y / zoom, width: width / zoom, height: height / zoom };
}

function inner({ x, y, width, height }: Box): Box {
  return {
    x: x + MARGIN,
    y: y + MARGIN,
    width: Math.max(MIN_ROOM, width - 2 * MARGIN),
    height: Math.max(MIN_ROOM, height - 2 * MARGIN),
  };
}
