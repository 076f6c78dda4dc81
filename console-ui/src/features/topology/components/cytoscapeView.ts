import cytoscape, { type Core, type EdgeSingular, type NodeSingular } from "cytoscape";
import { token } from "@/lib/theme/scheme";
import { type Box, besideLine } from "../model/geometry";
import type { Positions } from "../model/layout";
import { boxOf, type PlacedEdge, type SceneNode } from "../model/scene";
import { type Viewport, viewFitting, viewShowing } from "../model/viewport";

export interface GraphEvents {
  onViewport: (viewport: Viewport) => void;
  onSelect: (id: string | undefined) => void;
}

const MAX_FIT_ZOOM = 1.15;
const MOVE_MILLIS = 240;
const EDGE_COLORS = { ok: "--edge", unknown: "--edge", warn: "--warn", bad: "--bad" } as const;

/** Pan, zoom, edges and picking; the boxes themselves are HTML above it until they get too small to read. */
export class CytoscapeView {
  private readonly cy: Core;
  private moved = false;
  private plain = false;
  private kept: string | undefined;
  private coveredRight = 0;
  /** What each element was drawn from: a tick that changes nothing visible costs no drawing. */
  private readonly drawn = new Map<string, string>();

  constructor(
    private readonly container: HTMLElement,
    events: GraphEvents,
  ) {
    standInForInjectedStyle();
    this.cy = cytoscape({
      container,
      minZoom: 0.08,
      maxZoom: 2.5,
      boxSelectionEnabled: false,
      autounselectify: true,
      style: [],
    });
    this.restyle();
    this.cy.on("viewport", () => events.onViewport(this.viewport()));
    this.cy.on("dragpan scrollzoom pinchzoom", () => {
      this.moved = true;
    });
    this.cy.on("tap", (event) => {
      events.onSelect(event.target === this.cy ? undefined : (event.target as EdgeSingular).id());
    });
    this.cy.on("mouseover", "edge", () => container.classList.add("over-edge"));
    this.cy.on("mouseout", "edge", () => container.classList.remove("over-edge"));
  }

  viewport(): Viewport {
    return { zoom: this.cy.zoom(), pan: { ...this.cy.pan() } };
  }

  /** Too far out for HTML boxes: boxes are drawn here. */
  setPlain(plain: boolean) {
    if (plain === this.plain) return;
    this.plain = plain;
    this.restyle();
  }

  /** Takes the colours of the current theme. */
  restyle() {
    const { plain } = this;
    const rules = [...nodeRules(plain), ...edgeRules()];
    this.cy.style(rules as cytoscape.StylesheetJson);
  }

  sync(nodes: SceneNode[], edges: PlacedEdge[], positions: Positions, lit: Set<string> | null) {
    this.cy.batch(() => {
      const wanted = new Set([...nodes.map((n) => n.id), ...edges.map((e) => e.id)]);
      for (const id of this.drawn.keys()) {
        if (wanted.has(id)) continue;
        this.cy.getElementById(id).remove();
        this.drawn.delete(id);
      }
      for (const node of nodes) this.syncNode(node, boxOf(node, positions), lit);
      for (const edge of edges) this.syncEdge(edge, lit);
    });
  }

  private syncNode(node: SceneNode, box: Box, lit: Set<string> | null) {
    const data = { id: node.id, width: box.width, height: box.height, health: node.service.health };
    const position = { x: box.x + box.width / 2, y: box.y + box.height / 2 };
    const faded = lit !== null && !lit.has(node.id);
    if (this.isDrawn(node.id, { data, position, faded })) return;
    const known = this.cy.getElementById(node.id);
    if (known.empty()) this.cy.add({ group: "nodes", data, position, grabbable: false });
    else known.data(data).position(position);
    this.cy.getElementById(node.id).toggleClass("faded", faded);
  }

  private isDrawn(id: string, as: object): boolean {
    const text = JSON.stringify(as);
    const same = this.drawn.get(id) === text;
    this.drawn.set(id, text);
    return same;
  }

  private syncEdge({ id, edge, curve, width, breaker }: PlacedEdge, lit: Set<string> | null) {
    const faded = lit !== null && !lit.has(id);
    const color = breaker.forced ? "ok" : edge.health;
    if (this.isDrawn(id, { curve, width, color, faded })) return;
    const c1 = besideLine(curve, curve.c1);
    const c2 = besideLine(curve, curve.c2);
    const data = {
      id,
      source: edge.caller,
      target: edge.callee,
      width,
      color,
      weights: [c1.weight, c2.weight],
      distances: [c1.distance, c2.distance],
      from: this.endpoint(edge.caller, curve.start),
      to: this.endpoint(edge.callee, curve.end),
    };
    const known = this.cy.getElementById(id);
    if (known.empty()) this.cy.add({ group: "edges", data });
    else known.data(data);
    this.cy.getElementById(id).toggleClass("faded", faded);
  }

  private endpoint(node: string, at: { x: number; y: number }): string {
    const middle = this.cy.getElementById(node).position();
    return `${(at.x - middle.x).toFixed(1)}px ${(at.y - middle.y).toFixed(1)}px`;
  }

  /** Shows the whole graph, unless the user has moved the view, and what has to stay in sight. */
  fit() {
    this.place(0);
  }

  /** The whole graph again, also when the user has moved the view. */
  refit() {
    this.moved = false;
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
    if (box) this.moveTo(viewShowing(this.viewport(), box, this.frame()), MOVE_MILLIS);
  }

  private place(millis: number) {
    this.cy.resize();
    if (this.cy.elements().empty()) return;
    const whole = { ...this.frame(), width: this.container.clientWidth };
    const all = toBox(this.cy.elements().boundingBox({}));
    const view = this.moved ? this.viewport() : viewFitting(all, whole, MAX_FIT_ZOOM);
    const kept = this.kept ? this.extent(this.kept) : undefined;
    this.moveTo(kept ? viewShowing(view, kept, this.frame()) : view, millis);
  }

  /** A box, or an edge with the boxes at its ends. */
  private extent(id: string): Box | undefined {
    const element = this.cy.getElementById(id);
    return element.empty() ? undefined : toBox(element.union(element.connectedNodes()).boundingBox({}));
  }

  /** What nothing covers. */
  private frame(): Box {
    const { clientWidth, clientHeight } = this.container;
    return { x: 0, y: 0, width: clientWidth - this.coveredRight, height: clientHeight };
  }

  private moveTo(view: Viewport, millis: number) {
    this.cy.stop();
    if (millis === 0 || matchMedia("(prefers-reduced-motion: reduce)").matches) this.cy.viewport(view);
    else this.cy.animate(view, { duration: millis });
  }

  zoomBy(factor: number) {
    this.moved = true;
    const renderedPosition = { x: this.container.clientWidth / 2, y: this.container.clientHeight / 2 };
    this.cy.zoom({ level: this.cy.zoom() * factor, renderedPosition });
  }

  destroy() {
    this.cy.destroy();
  }
}

const toBox = ({ x1, y1, w, h }: cytoscape.BoundingBoxWH & cytoscape.BoundingBox12): Box => ({
  x: x1,
  y: y1,
  width: w,
  height: h,
});

/** Cytoscape injects a style element unless one of this id exists; the content security policy forbids it. */
function standInForInjectedStyle() {
  const id = "__________cytoscape_stylesheet";
  if (document.getElementById(id)) return;
  document.head.append(Object.assign(document.createElement("template"), { id }));
}

function nodeRules(plain: boolean) {
  const color = (node: NodeSingular) => token(EDGE_COLORS[node.data("health") as keyof typeof EDGE_COLORS]);
  return [
    {
      selector: "node",
      style: {
        shape: "round-rectangle",
        width: "data(width)",
        height: "data(height)",
        "background-color": token("--surface"),
        "background-opacity": plain ? 1 : 0,
        "border-width": plain ? 4 : 0,
        "border-color": color,
        label: plain ? "data(id)" : "",
        color: token("--text"),
        "font-family": "Inter Variable, sans-serif",
        "font-size": 26,
        "text-valign": "center",
        events: plain ? "yes" : "no",
      },
    },
    { selector: "node.faded", style: { opacity: 0.12 } },
  ];
}

function edgeRules() {
  return [
    {
      selector: "edge",
      style: {
        width: "data(width)",
        "line-color": (edge: EdgeSingular) =>
          token(EDGE_COLORS[edge.data("color") as keyof typeof EDGE_COLORS]),
        "curve-style": "unbundled-bezier",
        "edge-distances": "endpoints",
        "control-point-weights": (edge: EdgeSingular) => edge.data("weights"),
        "control-point-distances": (edge: EdgeSingular) => edge.data("distances"),
        "source-endpoint": (edge: EdgeSingular) => edge.data("from"),
        "target-endpoint": (edge: EdgeSingular) => edge.data("to"),
        "target-arrow-shape": "none",
        "overlay-opacity": 0,
      },
    },
    { selector: "edge.faded", style: { opacity: 0.12 } },
  ];
}
