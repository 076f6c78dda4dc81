import { readableId, titleOf } from "../model/dependencies";
import { around, type Box, boundsOf, type Point } from "../model/geometry";
import type { Positions } from "../model/layout";
import { pick } from "../model/picking";
import { boxOf, type PlacedEdge, type SceneNode, strokeOf } from "../model/scene";
import { type Viewport, viewFitting, viewShowing } from "../model/viewport";
import { Camera } from "./camera";
import { type PlainBox, paintBoxes, paintStrokes, prepare, type Stroke, strokesOf } from "./paintGraph";

export interface GraphEvents {
  onViewport: (viewport: Viewport) => void;
  onSelect: (id: string | undefined) => void;
}

const MAX_FIT_ZOOM = 1.15;
const MOVE_MILLIS = 240;
const REACH_PX = 6;

/** Edges and, until they are large enough to be read as HTML, boxes: one canvas that is also what is clicked. */
export class GraphView {
  private readonly camera: Camera;
  private boxes: PlainBox[] = [];
  private edges: PlacedEdge[] = [];
  private strokes: Stroke[] = [];
  private look = "";
  private positions: Positions = {};
  private plain = false;
  private frame = 0;
  private kept: string | undefined;
  private coveredRight = 0;

  constructor(
    private readonly canvas: HTMLCanvasElement,
    frame: HTMLElement,
    events: GraphEvents,
  ) {
    this.camera = new Camera(frame, canvas, {
      onViewport: (viewport) => {
        events.onViewport(viewport);
        this.repaint();
      },
      onClick: (at) => events.onSelect(this.elementAt(at)),
      onHover: (at) => this.hover(this.elementAt(at)),
    });
  }

  viewport(): Viewport {
    return this.camera.viewport;
  }

  /** Too far out for HTML boxes: boxes are drawn here. */
  setPlain(plain: boolean) {
    if (plain === this.plain) return;
    this.plain = plain;
    this.repaint();
  }

  /** Takes what is to be seen; draws again only if it looks different. */
  sync(nodes: SceneNode[], edges: PlacedEdge[], positions: Positions, lit: Set<string> | null) {
    this.edges = edges;
    this.boxes = nodes.map((node) => ({
      id: node.id,
      name: node.dependency ? titleOf(node.dependency) : node.id,
      box: boxOf(node, positions),
      health: node.service.health,
      faded: lit !== null && !lit.has(node.id),
    }));
    const look = [
      ...this.boxes.map(({ id, health, faded }) => `${id} ${health} ${faded}`),
      ...edges.map((edge) => `${edge.id} ${strokeOf(edge, lit).key}`),
    ].join("|");
    if (look === this.look && positions === this.positions) return;
    this.look = look;
    this.positions = positions;
    this.strokes = strokesOf(edges, lit);
    this.repaint();
  }

  /** In the next frame, once, however often it is asked for. */
  repaint() {
    if (this.frame === 0) this.frame = requestAnimationFrame(this.paint);
  }

  private readonly paint = () => {
    this.frame = 0;
    const { zoom } = this.viewport();
    const context = prepare(this.canvas, this.viewport());
    if (!context) return;
    paintStrokes(context, this.strokes, zoom);
    if (this.plain) paintBoxes(context, this.boxes, zoom);
  };

  private elementAt(pixel: Point): string | undefined {
    const { zoom, pan } = this.viewport();
    const at = { x: (pixel.x - pan.x) / zoom, y: (pixel.y - pan.y) / zoom };
    return pick(at, this.plain ? this.boxes : [], this.edges, REACH_PX / zoom);
  }

  private hover(id: string | undefined) {
    this.canvas.style.cursor = id ? "pointer" : "";
    this.canvas.title = id ? readableId(id) : "";
  }

  /** Shows the whole graph, unless the user has moved the view, and what has to stay in sight. */
  fit() {
    this.place(0);
  }

  /** The whole graph again, also when the user has moved the view. */
  refit() {
    this.camera.movedByHand = false;
    this.place(MOVE_MILLIS);
  }

  /** From now on this element stays in sight beside what covers the right of the view. */
  keepInSight(id: string | undefined, coveredRight: number) {
    this.kept = id;
    this.coveredRight = id ? coveredRight : 0;
    this.place(MOVE_MILLIS);
  }

  /** Moves to an element that is reached by keyboard. */
  reach(id: string) {
    const box = this.extent(id);
    if (box) this.moveTo(viewShowing(this.viewport(), box, this.frameInSight()), MOVE_MILLIS);
  }

  zoomBy(factor: number) {
    this.camera.zoomBy(factor);
  }

  destroy() {
    cancelAnimationFrame(this.frame);
    this.camera.destroy();
  }

  private place(millis: number) {
    const all = around([
      ...this.boxes.map(({ box }) => box),
      ...this.edges.map(({ curve }) => boundsOf(curve)),
    ]);
    if (!all) return;
    const whole = { ...this.frameInSight(), width: this.canvas.clientWidth };
    const view = this.camera.movedByHand ? this.viewport() : viewFitting(all, whole, MAX_FIT_ZOOM);
    const kept = this.kept ? this.extent(this.kept) : undefined;
    this.moveTo(kept ? viewShowing(view, kept, this.frameInSight()) : view, millis);
  }

  /** A box, or an edge with the boxes at its ends. */
  private extent(id: string): Box | undefined {
    const edge = this.edges.find((it) => it.id === id);
    const ids = edge ? [edge.edge.caller, edge.edge.callee] : [id];
    const boxes = this.boxes.filter((it) => ids.includes(it.id)).map(({ box }) => box);
    return around(edge ? [...boxes, boundsOf(edge.curve)] : boxes);
  }

  /** What nothing covers. */
  private frameInSight(): Box {
    const { clientWidth, clientHeight } = this.canvas;
    return { x: 0, y: 0, width: clientWidth - this.coveredRight, height: clientHeight };
  }

  private moveTo(view: Viewport, millis: number) {
    this.camera.moveTo(view, matchMedia("(prefers-reduced-motion: reduce)").matches ? 0 : millis);
  }
}
