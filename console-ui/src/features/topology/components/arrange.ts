import type { LayoutEdge, LayoutNode, Positions, Spacing } from "../model/layout";
import type { SceneEdge, SceneNode } from "../model/scene";
import type { LayoutTask } from "./layout.worker";

/**
 * Arranges a map without holding up the page.
 *
 * @returns what gives it up
 */
export function arrange(
  nodes: SceneNode[],
  edges: SceneEdge[],
  spacing: Spacing,
  done: (positions: Positions) => void,
): () => void {
  const worker = new Worker(new URL("./layout.worker.ts", import.meta.url), { type: "module" });
  worker.addEventListener("message", ({ data }: MessageEvent<Positions>) => {
    worker.terminate();
    done(data);
  });
  worker.postMessage({
    nodes: nodes.map(({ id, width, height }): LayoutNode => ({ id, width, height })),
    edges: edges.map(
      ({ edge, external }): LayoutEdge => ({
        edge: { caller: edge.caller, callee: edge.callee },
        external,
      }),
    ),
    spacing,
  } satisfies LayoutTask);
  return () => worker.terminate();
}
