import { layout as dagreLayout, Graph } from "@dagrejs/dagre";
import type { Point } from "./geometry";
import { layered } from "./layered";

/** Top left corners by service. */
export type Positions = Record<string, Point>;

export interface LayoutNode {
  id: string;
  width: number;
  height: number;
}

export interface LayoutEdge {
  edge: { caller: string; callee: string };
  external: boolean;
}

export interface Spacing {
  /** Between columns. */
  across: number;
  /** Between boxes of one column. */
  down: number;
}

export interface Measure {
  /** Wide screens and narrow ones have each their own arrangement. */
  wide: boolean;
  boxWidth: number;
  spacing: Spacing;
}

const WIDE = 1100;
const USUAL_COLUMNS = 5;

/** Columns get what the width leaves, within what edges and their labels need. */
export function measure(width: number, height: number): Measure {
  const wide = width >= WIDE;
  const boxWidth = wide ? 168 : 150;
  const left = (width - USUAL_COLUMNS * boxWidth) / (USUAL_COLUMNS - 1);
  const across = Math.round(Math.min(190, Math.max(wide ? 112 : 94, left)));
  return { wide, boxWidth, spacing: { across, down: Math.round(Math.min(84, Math.max(36, height / 10))) } };
}

/** Services stay beside their callers, whatever number of databases they call. */
const PULL_OF_CALLS = 4;

/** Boxes and edges of which dagre takes more than a second or two. */
const MOST_FOR_DAGRE = 800;

/** Callers left, callees right. Takes up to seconds: large maps belong into a worker. */
export function layOut(nodes: LayoutNode[], edges: LayoutEdge[], spacing: Spacing): Positions {
  return nodes.length + edges.length <= MOST_FOR_DAGRE
    ? byDagre(nodes, edges, spacing)
    : layered(nodes, edges, spacing);
}

function byDagre(nodes: LayoutNode[], edges: LayoutEdge[], spacing: Spacing): Positions {
  const graph = new Graph();
  graph.setGraph({
    rankdir: "LR",
    ranksep: spacing.across,
    nodesep: spacing.down,
    ranker: "network-simplex",
  });
  graph.setDefaultEdgeLabel(() => ({}));
  for (const node of nodes) graph.setNode(node.id, { width: node.width, height: node.height });
  for (const { edge, external } of edges)
    graph.setEdge(edge.caller, edge.callee, { weight: external ? 1 : PULL_OF_CALLS });
  dagreLayout(graph);
  const positions: Positions = {};
  for (const node of nodes) {
    const placed = graph.node(node.id) as { x: number; y: number };
    positions[node.id] = { x: placed.x - node.width / 2, y: placed.y - node.height / 2 };
  }
  return positions;
}

/** Whether too few boxes have a place for the others to settle beside them. */
export const isNew = (known: Positions, nodes: LayoutNode[]) =>
  nodes.filter(({ id }) => known[id]).length * 2 < nodes.length;

/** Known boxes stay where they are, at least half of all; new ones settle beside the neighbour they share most edges with. */
export function settle(
  known: Positions,
  nodes: LayoutNode[],
  edges: LayoutEdge[],
  spacing: Spacing,
): Positions {
  const placed = nodes.filter((node) => known[node.id]);
  const positions: Positions = {};
  for (const node of placed) positions[node.id] = known[node.id] ?? { x: 0, y: 0 };
  for (const node of nodes.filter((n) => !known[n.id])) {
    positions[node.id] = freeSpot(
      beside(node, positions, nodes, edges, spacing),
      node,
      positions,
      nodes,
      spacing,
    );
  }
  return pushApart(positions, nodes);
}

function beside(
  node: LayoutNode,
  at: Positions,
  nodes: LayoutNode[],
  edges: LayoutEdge[],
  spacing: Spacing,
): Point {
  const width = (id: string) => nodes.find((n) => n.id === id)?.width ?? node.width;
  for (const { edge } of edges) {
    const caller = at[edge.caller];
    if (edge.callee === node.id && caller)
      return { x: caller.x + width(edge.caller) + spacing.across, y: caller.y };
    const callee = at[edge.callee];
    if (edge.caller === node.id && callee) return { x: callee.x - node.width - spacing.across, y: callee.y };
  }
  return { x: 0, y: 0 };
}

function freeSpot(
  wish: Point,
  node: LayoutNode,
  at: Positions,
  nodes: LayoutNode[],
  spacing: Spacing,
): Point {
  const spot = { ...wish };
  for (const other of nodes) {
    if (nodes.some((n) => n.id !== node.id && at[n.id] && overlap(spot, node, at[n.id] as Point, n))) {
      const below = at[other.id];
      if (below) spot.y = Math.max(spot.y, below.y + other.height + spacing.down);
    }
  }
  return spot;
}

const overlap = (a: Point, an: LayoutNode, b: Point, bn: LayoutNode) =>
  a.x < b.x + bn.width && b.x < a.x + an.width && a.y < b.y + bn.height && b.y < a.y + an.height;

/** A box that grew pushes those below it in its column down, and nothing else. */
function pushApart(positions: Positions, nodes: LayoutNode[]): Positions {
  const sorted = [...nodes].sort((a, b) => (positions[a.id]?.y ?? 0) - (positions[b.id]?.y ?? 0));
  const done: LayoutNode[] = [];
  for (const node of sorted) {
    const at = positions[node.id];
    if (!at) continue;
    for (const above of done) {
      const other = positions[above.id];
      if (other && overlap(at, node, other, above))
        positions[node.id] = { x: at.x, y: other.y + above.height + 16 };
    }
    done.push(node);
  }
  return positions;
}
