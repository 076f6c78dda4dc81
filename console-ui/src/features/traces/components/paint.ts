import { millis, plain } from "@/lib/format/quantity";
import type { LogMark } from "../model/logs";
import { hasFailed, type Interval, type Row } from "../model/rows";

// Draws the time side of the waterfall. Knows pixels and colours, not React.

export const ROW_HEIGHT = 28;
const BAR_HEIGHT = 12;
const MIN_BAR = 2;
/** Kept free on the right, so that every bar's duration can stand behind it; see --gutter in the CSS. */
const GUTTER = 76;

/** Colours by role, read from the design tokens by whoever owns the canvas. */
export interface Palette {
  text: string;
  muted: string;
  hairline: string;
  selection: string;
  critical: string;
  bad: string;
  warn: string;
  forced: string;
  serviceHue(service: string): string;
}

export interface View {
  rows: Row[];
  /** First row to draw and how far it is scrolled out, in rows. */
  topRow: number;
  widthPx: number;
  heightPx: number;
  /** Time shown, in microseconds after the trace's start. */
  range: Interval;
  critical: ReadonlyMap<string, Interval[]>;
  selectedId: string | null;
  marks: ReadonlyMap<string, LogMark[]>;
  font: string;
}

export interface Scale {
  px(micros: number): number;
  micros(px: number): number;
}

export function timeScale(range: Interval, widthPx: number): Scale {
  const span = Math.max(range.endMicros - range.startMicros, 1);
  return {
    px: (micros) => ((micros - range.startMicros) / span) * widthPx,
    micros: (px) => range.startMicros + (px / widthPx) * span,
  };
}

export function paintRows(ctx: CanvasRenderingContext2D, view: View, palette: Palette): void {
  ctx.clearRect(0, 0, view.widthPx, view.heightPx);
  paintTicks(ctx, view, palette);
  const scale = timeScale(view.range, view.widthPx - GUTTER);
  const first = Math.floor(view.topRow);
  const count = Math.ceil(view.heightPx / ROW_HEIGHT) + 1;
  for (let i = first; i < Math.min(first + count, view.rows.length); i++) {
    const row = view.rows[i];
    if (row) paintRow(ctx, row, (i - view.topRow) * ROW_HEIGHT, scale, view, palette);
  }
}

function paintTicks(ctx: CanvasRenderingContext2D, view: View, palette: Palette): void {
  ctx.fillStyle = palette.hairline;
  for (let tick = 1; tick < 5; tick++)
    ctx.fillRect(Math.round(((view.widthPx - GUTTER) * tick) / 5), 0, 1, view.heightPx);
}

function paintRow(
  ctx: CanvasRenderingContext2D,
  row: Row,
  top: number,
  scale: Scale,
  view: View,
  palette: Palette,
): void {
  if (row.id === view.selectedId) {
    ctx.fillStyle = palette.selection;
    ctx.fillRect(0, top, view.widthPx, ROW_HEIGHT);
  }
  const x = scale.px(row.startMicros);
  const width = Math.max(scale.px(row.endMicros) - x, MIN_BAR);
  const y = top + (ROW_HEIGHT - BAR_HEIGHT) / 2;
  const hue = palette.serviceHue(row.service);
  if (row.state === "cancelled") paintGhost(ctx, x, y, width, hue);
  else paintBar(ctx, row, x, y, width, hue, scale);
  paintCritical(ctx, view.critical.get(row.id) ?? [], top, scale, palette);
  paintMark(ctx, row, x, y, width, palette);
  paintLogs(ctx, view.marks.get(row.id) ?? [], y, scale, palette);
  paintDuration(ctx, row, x, width, top, view, palette);
}

/** Light where the call is under way or queued, solid where the server works. */
function paintBar(
  ctx: CanvasRenderingContext2D,
  row: Row,
  x: number,
  y: number,
  width: number,
  hue: string,
  scale: Scale,
): void {
  ctx.fillStyle = hue;
  ctx.globalAlpha = row.caller === null ? 0.95 : 0.28;
  roundRect(ctx, x, y, width, BAR_HEIGHT);
  if (row.served) {
    const from = scale.px(row.served.startMicros);
    const queued = scale.px(row.served.startMicros + row.served.queueMicros);
    const to = scale.px(row.served.endMicros);
    ctx.globalAlpha = 0.55;
    if (queued - from >= 1) paintHatch(ctx, from, y, queued - from);
    ctx.globalAlpha = 0.95;
    ctx.fillRect(queued, y, Math.max(to - queued, MIN_BAR), BAR_HEIGHT);
  }
  ctx.globalAlpha = 1;
}

function paintHatch(ctx: CanvasRenderingContext2D, x: number, y: number, width: number): void {
  for (let at = 0; at < width; at += 4) ctx.fillRect(x + at, y, Math.min(2, width - at), BAR_HEIGHT);
}

function paintGhost(ctx: CanvasRenderingContext2D, x: number, y: number, width: number, hue: string): void {
  ctx.strokeStyle = hue;
  ctx.setLineDash([3, 3]);
  ctx.strokeRect(x + 0.5, y + 0.5, Math.max(width - 1, MIN_BAR), BAR_HEIGHT - 1);
  ctx.setLineDash([]);
}

function paintCritical(
  ctx: CanvasRenderingContext2D,
  stretches: Interval[],
  top: number,
  scale: Scale,
  palette: Palette,
): void {
  ctx.fillStyle = palette.critical;
  for (const { startMicros, endMicros } of stretches) {
    const x = scale.px(startMicros);
    ctx.fillRect(x, top + ROW_HEIGHT - 5, Math.max(scale.px(endMicros) - x, 1), 2);
  }
}

/** A cross for what failed, a shield for what a breaker refused: never colour alone. */
function paintMark(
  ctx: CanvasRenderingContext2D,
  row: Row,
  x: number,
  y: number,
  width: number,
  palette: Palette,
): void {
  if (row.state === "error") paintCross(ctx, x + width, y + BAR_HEIGHT / 2, palette.bad);
  if (row.state === "refused") paintShield(ctx, x, y - 1, palette.forced);
}

/** A dot for a line, a triangle for a warning or worse, above the bar at its time. */
function paintLogs(
  ctx: CanvasRenderingContext2D,
  marks: LogMark[],
  y: number,
  scale: Scale,
  palette: Palette,
): void {
  for (const { offsetMicros, loudness } of marks) {
    const x = scale.px(offsetMicros);
    ctx.fillStyle = loudness === "bad" ? palette.bad : loudness === "warn" ? palette.warn : palette.text;
    ctx.beginPath();
    if (loudness === "quiet") {
      ctx.arc(x, y - 3, 1.75, 0, 2 * Math.PI);
    } else {
      ctx.moveTo(x, y - 7);
      ctx.lineTo(x + 4, y - 0.5);
      ctx.lineTo(x - 4, y - 0.5);
      ctx.closePath();
    }
    ctx.fill();
  }
}

function paintCross(ctx: CanvasRenderingContext2D, x: number, y: number, colour: string): void {
  ctx.strokeStyle = colour;
  ctx.lineWidth = 2;
  ctx.beginPath();
  ctx.moveTo(x - 4, y - 4);
  ctx.lineTo(x + 4, y + 4);
  ctx.moveTo(x + 4, y - 4);
  ctx.lineTo(x - 4, y + 4);
  ctx.stroke();
  ctx.lineWidth = 1;
}

function paintShield(ctx: CanvasRenderingContext2D, x: number, y: number, colour: string): void {
  ctx.fillStyle = colour;
  ctx.beginPath();
  ctx.moveTo(x, y);
  ctx.lineTo(x + 6, y + 2);
  ctx.lineTo(x + 12, y);
  ctx.lineTo(x + 12, y + 7);
  ctx.quadraticCurveTo(x + 10, y + 12, x + 6, y + 14);
  ctx.quadraticCurveTo(x + 2, y + 12, x, y + 7);
  ctx.closePath();
  ctx.fill();
}

function paintDuration(
  ctx: CanvasRenderingContext2D,
  row: Row,
  x: number,
  width: number,
  top: number,
  view: View,
  palette: Palette,
): void {
  ctx.font = view.font;
  ctx.textBaseline = "middle";
  ctx.fillStyle = row.state === "ok" ? palette.muted : palette.text;
  const right = x + width + (row.state === "refused" ? 16 : 8);
  if (right > 0 && right < view.widthPx) {
    ctx.fillText(plain(millis((row.endMicros - row.startMicros) / 1_000)), right, top + ROW_HEIGHT / 2);
  }
}

function roundRect(ctx: CanvasRenderingContext2D, x: number, y: number, width: number, height: number): void {
  ctx.beginPath();
  ctx.roundRect(x, y, width, height, Math.min(2, width / 2));
  ctx.fill();
}

/** The whole trace in miniature, one thin bar per row or per group of rows. */
export function paintMinimap(
  ctx: CanvasRenderingContext2D,
  rows: Row[],
  durationMicros: number,
  size: { widthPx: number; heightPx: number },
  palette: Palette,
): void {
  ctx.clearRect(0, 0, size.widthPx, size.heightPx);
  const scale = timeScale({ startMicros: 0, endMicros: durationMicros }, size.widthPx);
  const step = size.heightPx / Math.max(rows.length, 8);
  rows.forEach((row, i) => {
    ctx.fillStyle = hasFailed(row) ? palette.bad : palette.serviceHue(row.service);
    const x = scale.px(row.startMicros);
    ctx.fillRect(x, i * step, Math.max(scale.px(row.endMicros) - x, MIN_BAR), Math.max(step - 1, 1));
  });
}
