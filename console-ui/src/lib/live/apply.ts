import type { QueryClient } from "@tanstack/react-query";
import { alertsQuery } from "@/lib/api/alerts";
import { type AuditFilter, acksQuery, breakersQuery, systemQuery, topologyQuery } from "@/lib/api/queries";
import type {
  Acks,
  AlertReport,
  AuditRow,
  Breaker,
  SystemState,
  Topology,
  TopologyPatch,
} from "@/lib/api/types";
import { patched } from "./patched";
import type { EventName } from "./stream";

const list = <T>(data: T | T[]): T[] => (Array.isArray(data) ? data : [data]);

/** Puts what the stream brings where the pages read it: the query cache. */
export class StreamReader {
  /**
   * The topology as the stream tells it. Patches go over this one: what was asked for beside the
   * stream may be older than patches that were here before it.
   */
  private topology: Topology | undefined;

  constructor(private readonly client: QueryClient) {}

  readonly apply = (name: EventName, data: unknown) => {
    switch (name) {
      case "topology":
        this.show(data as Topology);
        break;
      case "topology-patch":
        if (this.topology) this.show(patched(this.topology, data as TopologyPatch));
        break;
      case "breakers":
        this.client.setQueryData(breakersQuery.queryKey, data as Breaker[]);
        break;
      case "system":
        this.client.setQueryData(systemQuery.queryKey, data as SystemState);
        break;
      case "alerts":
        this.client.setQueryData(alertsQuery.queryKey, data as AlertReport);
        break;
      case "acks":
        for (const acks of list(data as Acks | Acks[])) applyAcks(this.client, acks);
        break;
      case "audit":
        for (const row of list(data as AuditRow | AuditRow[])) applyAuditRow(this.client, row);
        break;
    }
  };

  private show(topology: Topology) {
    this.topology = topology;
    this.client.setQueryData(topologyQuery.queryKey, topology);
  }
}

function applyAcks(client: QueryClient, acks: Acks) {
  client.setQueryData(acksQuery(acks.service, acks.revision).queryKey, acks);
}

/** A new row also means that what it changed is to be read again. */
function applyAuditRow(client: QueryClient, row: AuditRow) {
  let isNew = false;
  for (const [key, rows] of client.getQueriesData<AuditRow[]>({ queryKey: ["audit"] })) {
    const filter = (key[1] ?? {}) as AuditFilter;
    if (!rows || !matches(row, filter) || rows.some((known) => known.id === row.id)) continue;
    const next = insertNewestFirst(rows, row).slice(0, filter.limit ?? 100);
    // A snapshot also brings rows older than those a short list holds.
    if (!next.includes(row)) continue;
    isNew = true;
    client.setQueryData<AuditRow[]>(key, next);
  }
  if (!isNew) return;
  for (const name of ["instances", "service", "policy", "policy-versions", "kept-callers"]) {
    void client.invalidateQueries({ queryKey: [name, row.service] });
  }
}

function insertNewestFirst(rows: AuditRow[], row: AuditRow): AuditRow[] {
  return [row, ...rows].sort((a, b) => b.revision - a.revision || b.at.localeCompare(a.at));
}

export function matches(row: AuditRow, filter: AuditFilter): boolean {
  return (
    (!filter.service || row.service === filter.service) &&
    (!filter.author || row.author === filter.author) &&
    (!filter.action || row.action === filter.action)
  );
}
