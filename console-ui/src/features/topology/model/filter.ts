import type { Topology } from "@/lib/api/types";
import { edgeId, type TopologySearch } from "../search";
import { factsOfEdge, factsOfService, type Predicate, parse } from "./expression";
import { focused, restricted } from "./focus";

export interface Filtered {
  topology: Topology;
  /** What the find expression picks out: services and edges by id; null without one. */
  found: Set<string> | null;
}

/** What is left of the map by focus and hide, and what of it is to stand out. Wrong expressions change nothing. */
export function filtered(whole: Topology, { focus, hops, direction, find, hide }: TopologySearch): Filtered {
  const near = focus
    ? focused(whole, { service: focus, hops: hops ?? 1, direction: direction ?? "both" })
    : whole;
  const unwanted = predicateOf(hide);
  const topology = unwanted ? without(near, unwanted) : near;
  const wanted = predicateOf(find);
  return { topology, found: wanted ? matching(topology, wanted) : null };
}

/** The first term of an expression that is not understood. */
export function wrongTerm(text: string | undefined): string | null {
  const expression = parse(text ?? "");
  return expression && "wrong" in expression ? expression.wrong : null;
}

function predicateOf(text: string | undefined): Predicate | null {
  const expression = parse(text ?? "");
  return expression && "matches" in expression ? expression.matches : null;
}

function without(topology: Topology, unwanted: Predicate): Topology {
  const kept = topology.services.filter((it) => !unwanted(factsOfService(it))).map(({ service }) => service);
  const left = restricted(topology, new Set(kept));
  return { ...left, edges: left.edges.filter((edge) => !unwanted(factsOfEdge(edge))) };
}

/** An edge that is found keeps the boxes at its ends in sight. */
function matching({ services, edges }: Topology, wanted: Predicate): Set<string> {
  const found = edges.filter((edge) => wanted(factsOfEdge(edge)));
  return new Set([
    ...services.filter((it) => wanted(factsOfService(it))).map(({ service }) => service),
    ...found.flatMap(({ caller, callee }) => [edgeId(caller, callee), caller, callee]),
  ]);
}
