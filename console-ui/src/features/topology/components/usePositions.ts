import { useCallback, useEffect, useMemo, useRef, useState } from "react";
import type { Point } from "../model/geometry";
import { isNew, layOut, type Measure, type Positions, settle } from "../model/layout";
import { storedPositions, storePositions } from "../model/positions";
import type { SceneEdge, SceneNode } from "../model/scene";
import { arrange } from "./arrange";
import { useSharedPlaces } from "./useSharedPlaces";

/** So few boxes are arranged before a worker has even started. */
const AT_ONCE = 24;

/**
 * Where the boxes are: known ones stay, new ones settle, dragged ones are remembered, for everybody if one may. Null
 * while a map that nobody has seen before is arranged.
 */
export function usePositions(
  env: string,
  nodes: SceneNode[],
  edges: SceneEdge[],
  { wide, spacing }: Measure,
) {
  const shared = useSharedPlaces(wide);
  const known = useRef<Positions | null>(null);
  const [moves, setMoves] = useState(0);

  // Only what changes boxes or edges may move anything: new numbers may not.
  const shape = [...nodes.map((n) => `${n.id}:${n.height}`), ...edges.map((e) => e.id)].join("|");
  // biome-ignore lint/correctness/useExhaustiveDependencies: `shape` stands for nodes and edges
  const positions = useMemo(() => {
    if (!shared.known) return null;
    known.current ??= { ...storedPositions(env, wide), ...shared.known };
    if (isNew(known.current, nodes)) {
      if (nodes.length > AT_ONCE) return null;
      known.current = layOut(nodes, edges, spacing);
    }
    const next = settle(known.current, nodes, edges, spacing);
    known.current = { ...known.current, ...next };
    storePositions(env, wide, known.current);
    return next;
  }, [env, wide, shape, moves, shared.known]);

  const place = useCallback((placed: Positions) => {
    known.current = placed;
    setMoves((n) => n + 1);
  }, []);
  const waiting = positions === null && shared.known !== undefined;
  // Boxes that come while the others are arranged settle beside them.
  // biome-ignore lint/correctness/useExhaustiveDependencies: what is arranged is not begun again
  useEffect(() => (waiting ? arrange(nodes, edges, spacing, place) : undefined), [waiting]);
  const { save } = shared;
  useEffect(() => {
    if (positions) save(positions);
  }, [positions, save]);

  const move = useCallback((id: string, to: Point) => {
    known.current = { ...known.current, [id]: to };
    setMoves((n) => n + 1);
  }, []);
  const giveUp = useRef<() => void>(() => {});
  useEffect(() => () => giveUp.current(), []);
  const rearrange = () => {
    giveUp.current();
    shared.forget();
    if (nodes.length <= AT_ONCE) place(layOut(nodes, edges, spacing));
    else giveUp.current = arrange(nodes, edges, spacing, place);
  };
  return { positions, move, rearrange };
}
