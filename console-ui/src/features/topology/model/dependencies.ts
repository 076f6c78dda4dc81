import type { Dependency, DependencyEdge, Edge, ServiceNode, Topology } from "@/lib/api/types";

/** Begins the ids of dependencies' boxes: no service's name does. */
const MARK = "~";

export const idOfDependency = (dependency: string) => MARK + dependency;

export const isDependency = (id: string) => id.startsWith(MARK);

/** The dependency that a box stands for; undefined for a service's. */
export const dependencyOf = (topology: Topology, id: string): Dependency | undefined =>
  isDependency(id) ? topology.dependencies.find((it) => idOfDependency(it.id) === id) : undefined;

/** What people call it: its database or topic, else the system. */
export const titleOf = ({ name, system }: Dependency) => name || system;

/** An element's id as a tooltip shows it: "orders → postgresql/shop@db:5432". */
export const readableId = (id: string) =>
  id
    .split(">")
    .map((end) => (isDependency(end) ? end.slice(MARK.length) : end))
    .join(" → ");

/** Calls that fail, per second: of traces that are kept for failing a share says nothing. */
export const failedPerSecond = ({ rate, errorShare }: { rate: number; errorShare: number }) =>
  rate * errorShare;

/** The map with a box for every dependency, and a line to it from who calls it. */
export function withDependencies(topology: Topology): Topology {
  if (topology.dependencies.length === 0) return topology;
  return {
    ...topology,
    services: [...topology.services, ...topology.dependencies.map(nodeOf)],
    edges: [...topology.edges, ...topology.dependencyEdges.map(edgeOf)],
  };
}

const nodeOf = ({ id, health, red }: Dependency): ServiceNode => ({
  service: idOfDependency(id),
  kind: "external",
  health,
  red,
  instances: [],
  processes: 0,
  breakers: { open: 0, halfOpen: 0, forced: 0 },
});

const edgeOf = ({ caller, dependency, health, red }: DependencyEdge): Edge => ({
  caller,
  callee: idOfDependency(dependency),
  health,
  red,
  breaker: "closed",
  retriesPerSecond: 0,
  instances: [],
});
