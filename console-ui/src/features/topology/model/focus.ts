import type { Topology } from "@/lib/api/types";

export const DIRECTIONS = ["both", "callers", "callees"] as const;
export type Direction = (typeof DIRECTIONS)[number];
export const MAX_HOPS = 5;

export interface Focus {
  service: string;
  /** 1 to MAX_HOPS. */
  hops: number;
  direction: Direction;
}

/** The part of the map that is at most so many calls away from one service; all of it if there is no such service. */
export function focused(topology: Topology, { service, hops, direction }: Focus): Topology {
  if (!topology.services.some((it) => it.service === service)) return topology;
  const callees = direction === "callers" ? [] : reached(topology, service, hops, "caller", "callee");
  const callers = direction === "callees" ? [] : reached(topology, service, hops, "callee", "caller");
  return restricted(topology, new Set([service, ...callees, ...callers]));
}

/** Only these services, and the calls among them. */
export function restricted(topology: Topology, kept: ReadonlySet<string>): Topology {
  return {
    ...topology,
    services: topology.services.filter(({ service }) => kept.has(service)),
    edges: topology.edges.filter(({ caller, callee }) => kept.has(caller) && kept.has(callee)),
  };
}

type End = "caller" | "callee";

function reached({ edges }: Topology, from: string, hops: number, near: End, far: End): Set<string> {
  const found = new Set([from]);
  let rim = found;
  for (let hop = 0; hop < hops && rim.size > 0; hop++) {
    const next = edges
      .filter((edge) => rim.has(edge[near]) && !found.has(edge[far]))
      .map((edge) => edge[far]);
    rim = new Set(next);
    for (const service of rim) found.add(service);
  }
  return found;
}
