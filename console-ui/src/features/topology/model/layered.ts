import type { LayoutEdge, LayoutNode, Positions, Spacing } from "./layout";

const SWEEPS = 6;
const WIDTH_TO_HEIGHT = 1.6;
/** A column may be this much taller than wished before it is split. */
const TOLERANCE = 1.25;

/**
 * Columns by the distance from those nobody calls: cycles are broken where they are met, ranks are the longest paths,
 * crossings are lessened by the mean of the neighbours' heights (Sugiyama, Tagawa and Toda 1981). No optimum, but
 * milliseconds where one takes minutes. Columns that would be too tall are split.
 */
export function layered(nodes: LayoutNode[], edges: LayoutEdge[], spacing: Spacing): Positions {
  const graph = graphOf(nodes, edges);
  const columns = columnsOf(ranksOf(graph));
  for (let sweep = 0; sweep < SWEEPS; sweep++) {
    lessenCrossings(columns, sweep % 2 === 0 ? graph.callers : graph.callees, sweep % 2 === 0);
  }
  return placed(nodes, columns, spacing);
}

/** Neighbours by index. */
interface LayoutGraph {
  callers: number[][];
  callees: number[][];
}

function graphOf(nodes: LayoutNode[], edges: LayoutEdge[]): LayoutGraph {
  const index = new Map(nodes.map(({ id }, n) => [id, n]));
  const graph: LayoutGraph = { callers: nodes.map(() => []), callees: nodes.map(() => []) };
  for (const { edge } of edges) {
    const caller = index.get(edge.caller);
    const callee = index.get(edge.callee);
    if (caller === undefined || callee === undefined || caller === callee) continue;
    graph.callees[caller]?.push(callee);
    graph.callers[callee]?.push(caller);
  }
  return graph;
}

/** The longest way from one that nobody calls, edges that close a cycle left out. */
function ranksOf(graph: LayoutGraph): number[] {
  const { order, back } = walk(graph);
  const ranks = order.map(() => 0);
  for (const from of order) {
    for (const to of graph.callees[from] ?? []) {
      if (!back.has(`${from}>${to}`)) ranks[to] = Math.max(ranks[to] ?? 0, (ranks[from] ?? 0) + 1);
    }
  }
  return ranks;
}

/** Callers before callees, and the edges that lead back. */
function walk({ callers, callees }: LayoutGraph) {
  const OPEN = 1;
  const DONE = 2;
  const state = callees.map(() => 0);
  const back = new Set<string>();
  const finished: number[] = [];
  const roots = callees
    .map((_, n) => n)
    .sort((a, b) => (callers[a]?.length ?? 0) - (callers[b]?.length ?? 0));
  for (const root of roots) {
    if (state[root]) continue;
    const path = [{ node: root, next: 0 }];
    state[root] = OPEN;
    for (let top = path.at(-1); top; top = path.at(-1)) {
      const to = callees[top.node]?.[top.next++];
      if (to === undefined) {
        state[top.node] = DONE;
        finished.push(top.node);
        path.pop();
      } else if (state[to] === OPEN) {
        back.add(`${top.node}>${to}`);
      } else if (!state[to]) {
        state[to] = OPEN;
        path.push({ node: to, next: 0 });
      }
    }
  }
  return { order: finished.reverse(), back };
}

function columnsOf(ranks: number[]): number[][] {
  const columns: number[][] = Array.from({ length: Math.max(0, ...ranks) + 1 }, () => []);
  ranks.forEach((rank, node) => {
    columns[rank]?.push(node);
  });
  return columns;
}

/** Orders each column by the mean height of its nodes' neighbours, from one side to the other. */
function lessenCrossings(columns: number[][], neighbours: number[][], rightwards: boolean) {
  const height = new Map<number, number>();
  const look = (column: number[]) => {
    column.forEach((node, n) => {
      height.set(node, (n + 0.5) / column.length);
    });
  };
  columns.forEach(look);
  for (const column of rightwards ? columns : [...columns].reverse()) {
    const wish = new Map(
      column.map((node) => [node, mean(neighbours[node] ?? [], height) ?? height.get(node) ?? 0]),
    );
    column.sort((a, b) => (wish.get(a) ?? 0) - (wish.get(b) ?? 0));
    look(column);
  }
}

function mean(nodes: number[], height: Map<number, number>): number | null {
  if (nodes.length === 0) return null;
  return nodes.reduce((sum, node) => sum + (height.get(node) ?? 0), 0) / nodes.length;
}

function placed(nodes: LayoutNode[], columns: number[][], { across, down }: Spacing): Positions {
  const positions: Positions = {};
  const heights = nodes.reduce((sum, { height }) => sum + height + down, 0);
  const width = Math.max(0, ...nodes.map((node) => node.width)) + across;
  const rows = Math.ceil(
    Math.sqrt((heights * width) / WIDTH_TO_HEIGHT) / (heights / Math.max(1, nodes.length)),
  );
  let x = 0;
  for (const column of columns) {
    for (const part of parts(column, rows)) {
      const boxes = part.flatMap((n) => nodes[n] ?? []);
      let y = -boxes.reduce((sum, box) => sum + box.height + down, -down) / 2;
      for (const box of boxes) {
        positions[box.id] = { x, y };
        y += box.height + down;
      }
      x += width;
    }
  }
  return positions;
}

function parts(column: number[], rows: number): number[][] {
  if (column.length <= rows * TOLERANCE) return [column];
  const count = Math.ceil(column.length / rows);
  const size = Math.ceil(column.length / count);
  return Array.from({ length: count }, (_, n) => column.slice(n * size, (n + 1) * size));
}
