import { type LayoutEdge, type LayoutNode, layOut, type Spacing } from "../model/layout";

/** What is to be arranged; the answer is where. */
export interface LayoutTask {
  nodes: LayoutNode[];
  edges: LayoutEdge[];
  spacing: Spacing;
}

self.addEventListener("message", ({ data }: MessageEvent<LayoutTask>) => {
  self.postMessage(layOut(data.nodes, data.edges, data.spacing));
});
