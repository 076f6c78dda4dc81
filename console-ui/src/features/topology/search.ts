import type { Direction } from "./model/focus";

/** What the topology page shows, as its link says it. */
export interface TopologySearch {
  view?: "table" | undefined;
  /** "payments" or "orders>payments". */
  select?: string | undefined;
  /** Only what is at most `hops` calls away from this service. */
  focus?: string | undefined;
  /** 1 to 5; 1 when left out. */
  hops?: number | undefined;
  /** Both when left out. */
  direction?: Exclude<Direction, "both"> | undefined;
  find?: string | undefined;
  hide?: string | undefined;
  /** Without databases and all else that is none of ours. */
  dependencies?: "off" | undefined;
  /** The past moment that is shown; now when left out. */
  at?: string | undefined;
}

const momentOf = (raw: unknown) =>
  typeof raw === "string" && !Number.isNaN(Date.parse(raw)) ? new Date(raw).toISOString() : undefined;

const text = (value: unknown) =>
  value !== undefined && value !== null && value !== "" ? String(value) : undefined;

export function topologySearch(raw: Record<string, unknown>): TopologySearch {
  const hops = Number(raw.hops);
  return {
    view: raw.view === "table" ? "table" : undefined,
    select: text(raw.select),
    focus: text(raw.focus),
    hops: Number.isInteger(hops) && hops >= 2 && hops <= 5 ? hops : undefined,
    direction: raw.direction === "callers" || raw.direction === "callees" ? raw.direction : undefined,
    find: text(raw.find),
    hide: text(raw.hide),
    dependencies: raw.dependencies === "off" ? "off" : undefined,
    at: momentOf(raw.at),
  };
}

export const edgeId = (caller: string, callee: string) => `${caller}>${callee}`;
