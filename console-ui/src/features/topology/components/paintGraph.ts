import { token } from "@/lib/theme/scheme";
import type { Box, Curve } from "../model/geometry";
import { type PlacedEdge, strokeOf } from "../model/scene";
import type { Viewport } from "../model/viewport";

const FADED = 0.12;
const RADIUS = 6;
const NAME_PX = 26;
/** Names smaller than this on the screen are not drawn: they could not be read. */
const LEAST_NAME_PX = 7;
/** Far out, lines keep a width that can be seen. */
const LEAST_LINE_PX = 0.6;
const COLORS = { ok: "--edge", unknown: "--edge", warn: "--warn", bad: "--bad" } as const;
const ORDER = ["unknown", "ok", "warn", "bad"];

const DASHES = [7, 5];

export interface PlainBox {
  id: string;
  name: string;
  box: Box;
  health: keyof typeof COLORS;
  faded: boolean;
}

/** Lines that look the same, in one path: a picture costs as many strokes as there are looks. */
export interface Stroke {
  health: keyof typeof COLORS;
  width: number;
  faded: boolean;
  dashed: boolean;
  path: Path2D;
}

/** What is wrong comes last and lies above the rest. */
export function strokesOf(edges: PlacedEdge[], lit: Set<string> | null): Stroke[] {
  const strokes = new Map<string, Stroke>();
  for (const edge of edges) {
    const { key, health, width, faded, dashed } = strokeOf(edge, lit);
    const stroke = strokes.get(key) ?? { health, width, faded, dashed, path: new Path2D() };
    strokes.set(key, stroke);
    trace(stroke.path, edge.curve);
  }
  return [...strokes.values()].sort((a, b) => ORDER.indexOf(a.health) - ORDER.indexOf(b.health));
}

function trace(path: Path2D, { start, c1, c2, end }: Curve) {
  path.moveTo(start.x, start.y);
  path.quadraticCurveTo(c1.x, c1.y, (c1.x + c2.x) / 2, (c1.y + c2.y) / 2);
  path.quadraticCurveTo(c2.x, c2.y, end.x, end.y);
}

/** Makes the canvas as sharp as the screen, empties it and sets it to the graph's coordinates. */
export function prepare(canvas: HTMLCanvasElement, { zoom, pan }: Viewport): CanvasRenderingContext2D | null {
  const ratio = devicePixelRatio;
  const width = Math.round(canvas.clientWidth * ratio);
  const height = Math.round(canvas.clientHeight * ratio);
  if (canvas.width !== width || canvas.height !== height) {
    canvas.width = width;
    canvas.height = height;
  }
  const context = canvas.getContext("2d");
  context?.setTransform(1, 0, 0, 1, 0, 0);
  context?.clearRect(0, 0, width, height);
  context?.setTransform(ratio * zoom, 0, 0, ratio * zoom, pan.x * ratio, pan.y * ratio);
  return context;
}

export function paintStrokes(context: CanvasRenderingContext2D, strokes: Stroke[], zoom: number) {
  for (const { health, width, faded, dashed, path } of strokes) {
    context.globalAlpha = faded ? FADED : 1;
    context.strokeStyle = token(COLORS[health]);
    context.lineWidth = Math.max(width, LEAST_LINE_PX / zoom);
    context.setLineDash(dashed ? DASHES : []);
    context.stroke(path);
  }
  context.setLineDash([]);
  context.globalAlpha = 1;
}

/** Boxes as they look from afar: an outline by health, and the name as long as it can be read. */
export function paintBoxes(context: CanvasRenderingContext2D, boxes: PlainBox[], zoom: number) {
  const named = NAME_PX * zoom >= LEAST_NAME_PX;
  context.lineWidth = 4;
  context.font = `${NAME_PX}px "Inter Variable", sans-serif`;
  context.textAlign = "center";
  context.textBaseline = "middle";
  for (const { name, box, health, faded } of boxes) {
    context.globalAlpha = faded ? FADED : 1;
    context.fillStyle = token("--surface");
    context.strokeStyle = token(COLORS[health]);
    context.beginPath();
    context.roundRect(box.x, box.y, box.width, box.height, RADIUS);
    context.fill();
    context.stroke();
    if (!named) continue;
    context.fillStyle = token("--text");
    context.fillText(name, box.x + box.width / 2, box.y + box.height / 2, box.width - 12);
  }
  context.globalAlpha = 1;
}
