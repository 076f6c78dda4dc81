import type { Dependency, Edge, EdgeBreaker, InstanceNode, ServiceNode, Topology } from "@/lib/api/types";
import { edgeId } from "../search";
import { dependencyOf, isDependency } from "./dependencies";
import { type Box, type Curve, curveBetween, portOffsets } from "./geometry";
import type { Positions } from "./layout";

const HEAD = 48;
const ROW = 18;
const FOOT = 8;
const PORT_SPACING = 36;
/** Up to this many services their instances are always shown; beyond, on focus. */
const SMALL_SHOP = 24;

export interface SceneNode {
  id: string;
  service: ServiceNode;
  /** What the box stands for if it is no service. */
  dependency: Dependency | undefined;
  width: number;
  height: number;
  instances: InstanceNode[];
}

export interface SceneEdge {
  id: string;
  edge: Edge;
  width: number;
  breaker: BreakerMark;
  /** Leads to a dependency, and tells of kept traces only. */
  external: boolean;
}

export interface PlacedEdge extends SceneEdge {
  curve: Curve;
}

/** How a breaker is drawn on its edge. */
export interface BreakerMark {
  shape: "none" | "half" | "open" | "held";
  forced: boolean;
  /** Instances concerned, and of how many; all: no call passes. */
  stuck: number;
  of: number;
}

const STANDING = new Set(["up", "draining", "suspect"]);

export function sceneNodes(topology: Topology, width: number, focus?: string): SceneNode[] {
  const small = topology.services.length <= SMALL_SHOP;
  const outgoing = counted(topology.edges.map(({ caller }) => caller));
  const incoming = counted(topology.edges.map(({ callee }) => callee));
  return topology.services.map((service) => {
    const instances = small || focus === service.service ? byState(service.instances) : [];
    const ports = Math.max(outgoing.get(service.service) ?? 0, incoming.get(service.service) ?? 0);
    const rows = instances.length ? instances.length * ROW + FOOT : 0;
    const height = Math.max(HEAD + rows, ports * PORT_SPACING);
    const dependency = dependencyOf(topology, service.service);
    return { id: service.service, service, dependency, width, height, instances };
  });
}

function counted(names: string[]): Map<string, number> {
  const counts = new Map<string, number>();
  for (const name of names) counts.set(name, (counts.get(name) ?? 0) + 1);
  return counts;
}

function byState(instances: InstanceNode[]): InstanceNode[] {
  const gone = (i: InstanceNode) => (STANDING.has(i.state) ? 0 : 1);
  return [...instances].sort(
    (a, b) => gone(a) - gone(b) || a.id.localeCompare(b.id, undefined, { numeric: true }),
  );
}

export function sceneEdges(topology: Topology, widths = new EdgeWidths()): SceneEdge[] {
  return topology.edges.map((edge) => {
    const id = edgeId(edge.caller, edge.callee);
    return {
      id,
      edge,
      width: widths.of(id, edge.red.rate),
      breaker: breakerMark(edge),
      external: isDependency(edge.callee),
    };
  });
}

const WIDTH_STEPS = 6;
/** Half a step is where the next one begins. */
const STEADY_STEPS = 0.75;

/**
 * 1.5 px below one call a second, 3 px from a thousand, by the logarithm between, in steps that can be seen. An edge
 * keeps its step while its rate trembles at the border of two.
 */
export class EdgeWidths {
  private readonly steps = new Map<string, number>();

  of(id: string, rate: number): number {
    const at = Math.min(1, Math.log10(Math.max(1, rate)) / 3) * WIDTH_STEPS;
    const known = this.steps.get(id);
    const step = known !== undefined && Math.abs(at - known) <= STEADY_STEPS ? known : Math.round(at);
    this.steps.set(id, step);
    return 1.5 + (step / WIDTH_STEPS) * 1.5;
  }
}

const SHAPES: Record<EdgeBreaker, BreakerMark["shape"]> = {
  closed: "none",
  half_open: "half",
  open: "open",
  forced_open: "open",
  forced_closed: "held",
  disabled: "held",
};
const FORCED = new Set<EdgeBreaker>(["forced_open", "forced_closed", "disabled"]);

export function breakerMark(edge: Edge): BreakerMark {
  const of = edge.instances.length;
  const stuck = edge.instances.filter((i) => i.breaker === edge.breaker).length;
  return {
    shape: SHAPES[edge.breaker],
    forced: FORCED.has(edge.breaker) || edge.instances.some((i) => FORCED.has(i.breaker)),
    stuck: of === 0 || stuck === 0 ? of : stuck,
    of,
  };
}

/** No call gets through: the gap is drawn whole. */
export const blocksAll = (mark: BreakerMark) => mark.shape === "open" && mark.stuck === mark.of;

export function boxOf(node: SceneNode, positions: Positions): Box {
  const at = positions[node.id] ?? { x: 0, y: 0 };
  return { x: at.x, y: at.y, width: node.width, height: node.height };
}

/** Each edge's curve; ports are ordered by the other end's height, so that edges do not cross at a box. */
export function curvesOf(nodes: SceneNode[], edges: SceneEdge[], positions: Positions): Map<string, Curve> {
  const boxes = new Map(nodes.map((node) => [node.id, boxOf(node, positions)]));
  const outgoing = portOffsets(edges, boxes, "caller", "callee", PORT_SPACING);
  const incoming = portOffsets(edges, boxes, "callee", "caller", PORT_SPACING);
  return new Map(
    edges.flatMap(({ id, edge }) => {
      const from = boxes.get(edge.caller);
      const to = boxes.get(edge.callee);
      if (!from || !to) return [];
      return [[id, curveBetween(from, to, outgoing.get(id) ?? 0, incoming.get(id) ?? 0)] as const];
    }),
  );
}

export function placeEdges(edges: SceneEdge[], curves: Map<string, Curve>): PlacedEdge[] {
  return edges.flatMap((edge) => {
    const curve = curves.get(edge.id);
    return curve ? [{ ...edge, curve }] : [];
  });
}

/** How an edge's line looks; edges of one key look the same. */
export function strokeOf({ id, edge, width, breaker, external }: SceneEdge, lit: Set<string> | null) {
  // The mark of a person's hand says why calls fail: the line need not shout as well.
  const health = breaker.forced ? "ok" : edge.health;
  const faded = lit !== null && !lit.has(id);
  const key = `${health} ${width} ${faded} ${external}`;
  return { key, health, width, faded, dashed: external } as const;
}

/** What stays lit while something is selected: it, its edges and their other ends. */
export function litBy(select: string | undefined, edges: SceneEdge[]): Set<string> | null {
  if (!select) return null;
  const touching = edges.filter(
    ({ id, edge }) => id === select || edge.caller === select || edge.callee === select,
  );
  return new Set([select, ...touching.flatMap(({ id, edge }) => [id, edge.caller, edge.callee])]);
}
