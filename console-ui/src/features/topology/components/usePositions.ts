import { useCallback, useMemo, useRef, useState } from "react";
import type { Point } from "../model/geometry";
import { layOut, type Measure, type Positions, settle } from "../model/layout";
import { forgetPositions, storedPositions, storePositions } from "../model/positions";
import type { SceneEdge, SceneNode } from "../model/scene";

/** Where the boxes are: known ones stay, new ones settle, dragged ones are remembered. */
export function usePositions(
  env: string,
  nodes: SceneNode[],
  edges: SceneEdge[],
  { wide, spacing }: Measure,
) {
  const known = useRef<Positions | null>(null);
  const [moves, setMoves] = useState(0);

  // Only what changes boxes or edges may move anything: new numbers may not.
  const shape = [...nodes.map((n) => `${n.id}:${n.height}`), ...edges.map((e) => e.id)].join("|");
  // biome-ignore lint/correctness/useExhaustiveDependencies: `shape` stands for nodes and edges
  const positions = useMemo(() => {
    known.current ??= storedPositions(env, wide);
    const next = settle(known.current, nodes, edges, spacing);
    known.current = { ...known.current, ...next };
    storePositions(env, wide, known.current);
    return next;
  }, [env, wide, shape, moves]);

  const move = useCallback((id: string, to: Point) => {
    known.current = { ...known.current, [id]: to };
    setMoves((n) => n + 1);
  }, []);
  const rearrange = () => {
    forgetPositions(env, wide);
    known.current = layOut(nodes, edges, spacing);
    setMoves((n) => n + 1);
  };
  return { positions, move, rearrange };
}
