import { token } from "@/lib/theme/scheme";
import { angleAt, type Curve, pointAt } from "../model/geometry";
import { blocksAll, type PlacedEdge } from "../model/scene";
import { BREAKER_AT, type CallMark, Traffic } from "../model/traffic";
import type { Viewport } from "../model/viewport";
import { prepare } from "./paintGraph";

const FADED = 0.12;
/** Thirty pictures a second are smooth enough for marks this small, at half the work. */
const FRAME_MILLIS = 30;
const MAX_STEP_MILLIS = 100;
const GAP = 11;
const BAR = 9;

interface Colors {
  bg: string;
  call: string;
  bad: string;
  warn: string;
  forced: string;
}

/** One canvas above the graph: calls on their way, and breakers on their edges. */
export class TrafficLayer {
  private readonly traffic = new Traffic();
  private edges = new Map<string, PlacedEdge>();
  private lit: Set<string> | null = null;
  private viewport: Viewport = { zoom: 1, pan: { x: 0, y: 0 } };
  private frame = 0;
  private last = 0;
  private moving = true;
  private colors: Colors = readColors();

  constructor(private readonly canvas: HTMLCanvasElement) {}

  start(moving: boolean) {
    this.moving = moving;
    cancelAnimationFrame(this.frame);
    if (moving) this.frame = requestAnimationFrame(this.tick);
    else this.draw([]);
  }

  stop() {
    cancelAnimationFrame(this.frame);
  }

  recolor() {
    this.colors = readColors();
    this.drawIfStill();
  }

  setViewport(viewport: Viewport) {
    this.viewport = viewport;
    this.drawIfStill();
  }

  setScene(edges: PlacedEdge[], lit: Set<string> | null) {
    this.edges = new Map(edges.map((edge) => [edge.id, edge]));
    this.lit = lit;
    // Of dependencies too little is known to show single calls.
    const watched = edges.filter(({ external }) => !external);
    this.traffic.setEdges(
      watched.map(({ id, curve, edge, breaker }) => ({
        id,
        curve,
        rate: edge.red.rate,
        errorShare: edge.red.errorShare,
        p50Millis: edge.red.p50Millis,
        blocked: blocksAll(breaker),
      })),
    );
    this.drawIfStill();
  }

  private drawIfStill() {
    if (!this.moving) this.draw([]);
  }

  private readonly tick = (now: number) => {
    this.frame = requestAnimationFrame(this.tick);
    const millis = now - this.last;
    if (millis < FRAME_MILLIS) return;
    this.last = now;
    // A tab that was hidden comes back without a burst of what it missed.
    this.draw(this.traffic.step(Math.min(MAX_STEP_MILLIS, millis) / 1000));
  };

  private draw(marks: readonly CallMark[]) {
    const context = prepare(this.canvas, this.viewport);
    if (!context) return;
    for (const edge of this.edges.values()) this.drawBreaker(context, edge);
    for (const mark of marks) this.drawMark(context, mark);
    context.globalAlpha = 1;
  }

  private alphaOf(id: string) {
    return this.lit && !this.lit.has(id) ? FADED : 1;
  }

  private drawMark(context: CanvasRenderingContext2D, mark: CallMark) {
    const edge = this.edges.get(mark.edge);
    if (!edge) return;
    const { x, y } = pointAt(edge.curve, mark.t);
    context.globalAlpha =
      this.alphaOf(mark.edge) * Math.min(1, mark.t * 12, (mark.stop - mark.t) * 12 + 0.25);
    context.fillStyle = mark.failed ? this.colors.bad : this.colors.call;
    context.beginPath();
    if (mark.failed) diamond(context, x, y, 4.4);
    else context.arc(x, y, 2.3, 0, Math.PI * 2);
    context.fill();
  }

  private drawBreaker(context: CanvasRenderingContext2D, { id, curve, breaker, width }: PlacedEdge) {
    if (breaker.shape === "none") return;
    context.globalAlpha = this.alphaOf(id);
    onCurve(context, curve, BREAKER_AT, () => {
      const color = breaker.forced
        ? this.colors.forced
        : breaker.shape === "open"
          ? this.colors.bad
          : this.colors.warn;
      context.strokeStyle = color;
      context.fillStyle = color;
      if (breaker.shape !== "held" && (breaker.shape === "half" || blocksAll(breaker)))
        this.clearGap(context, width);
      if (breaker.shape === "open") drawOpen(context, blocksAll(breaker));
      if (breaker.shape === "half") drawHalfOpen(context, width);
      if (breaker.forced) drawForced(context, breaker.shape === "held", this.colors.bg);
    });
  }

  private clearGap(context: CanvasRenderingContext2D, width: number) {
    context.save();
    context.strokeStyle = this.colors.bg;
    context.lineWidth = width + 3;
    line(context, -GAP, 0, GAP, 0);
    context.restore();
  }
}

function readColors(): Colors {
  return {
    bg: token("--bg"),
    call: token("--call"),
    bad: token("--bad"),
    warn: token("--warn"),
    forced: token("--forced"),
  };
}

function onCurve(context: CanvasRenderingContext2D, curve: Curve, t: number, draw: () => void) {
  const { x, y } = pointAt(curve, t);
  context.save();
  context.translate(x, y);
  context.rotate(angleAt(curve, t));
  draw();
  context.restore();
}

/** A bar across the line; at half height while other instances still take calls. */
function drawOpen(context: CanvasRenderingContext2D, whole: boolean) {
  context.lineWidth = 2.5;
  context.lineCap = "round";
  line(context, 0, -BAR, 0, whole ? BAR : -2.5);
  if (!whole) return;
  line(context, -GAP, -3.5, -GAP, 3.5);
  line(context, GAP, -3.5, GAP, 3.5);
}

function drawHalfOpen(context: CanvasRenderingContext2D, width: number) {
  context.lineWidth = width;
  context.setLineDash([3, 3.4]);
  line(context, -GAP, 0, GAP, 0);
  context.setLineDash([]);
  context.lineWidth = 1.5;
  line(context, -4, -BAR, 4, -BAR + 4);
}

/** The mark of a person's hand: a small filled square on its tip. */
function drawForced(context: CanvasRenderingContext2D, held: boolean, bg: string) {
  const y = held ? 0 : -BAR - 6;
  context.beginPath();
  diamond(context, 0, y, 6);
  context.fill();
  context.fillStyle = bg;
  context.beginPath();
  diamond(context, 0, y, 2.2);
  context.fill();
}

function line(context: CanvasRenderingContext2D, x1: number, y1: number, x2: number, y2: number) {
  context.beginPath();
  context.moveTo(x1, y1);
  context.lineTo(x2, y2);
  context.stroke();
}

function diamond(context: CanvasRenderingContext2D, x: number, y: number, size: number) {
  context.moveTo(x, y - size);
  context.lineTo(x + size, y);
  context.lineTo(x, y + size);
  context.lineTo(x - size, y);
  context.closePath();
}
