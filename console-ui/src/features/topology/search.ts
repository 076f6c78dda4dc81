/** What the topology page shows, as its link says it. */
export interface TopologySearch {
  view?: "table" | undefined;
  /** "payments" or "orders>payments". */
  select?: string | undefined;
}

export function topologySearch(raw: Record<string, unknown>): TopologySearch {
  return {
    view: raw.view === "table" ? "table" : undefined,
    select: typeof raw.select === "string" && raw.select ? raw.select : undefined,
  };
}

export const edgeId = (caller: string, callee: string) => `${caller}>${callee}`;
