import type { Topology, TopologyPatch } from "@/lib/api/types";

/** The topology that a patch leads to; what did not change is the same object as before. */
export function patched(topology: Topology, patch: TopologyPatch): Topology {
  return {
    ...topology,
    at: patch.at,
    revision: patch.revision,
    services: merged(topology.services, patch.services, new Set(patch.goneServices), (it) => it.service),
    edges: merged(topology.edges, patch.edges, new Set(patch.goneEdges.map(ends)), ends),
    dependencies: patch.dependencies ?? topology.dependencies,
    dependencyEdges: patch.dependencyEdges ?? topology.dependencyEdges,
  };
}

const ends = (edge: { caller: string; callee: string }) => JSON.stringify([edge.caller, edge.callee]);

/** In the order of the keys, as the console has it; the old list itself if nothing changed. */
function merged<T>(before: T[], changed: T[], gone: Set<string>, keyOf: (item: T) => string): T[] {
  if (changed.length === 0 && gone.size === 0) return before;
  const byKey = new Map(before.map((item) => [keyOf(item), item]));
  for (const key of gone) byKey.delete(key);
  const known = byKey.size;
  for (const item of changed) byKey.set(keyOf(item), item);
  const after = [...byKey];
  if (byKey.size > known) after.sort(([a], [b]) => (a < b ? -1 : 1));
  return after.map(([, item]) => item);
}
