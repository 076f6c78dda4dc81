import { useQueries, useQuery } from "@tanstack/react-query";
import { acksQuery, auditQuery } from "@/lib/api/queries";
import { newestRevisions } from "@/lib/audit/newest";
import { behind, type ProcessBehind } from "../model/glance";

/** Changes looked at: enough for an hour of work by hand. */
const LIMIT = 50;
const REFRESH_MILLIS = 10_000;

/** Processes that have not applied the newest change of a service since then. */
export function useBehind(since: number): ProcessBehind[] {
  const { data: rows = [] } = useQuery(auditQuery({ limit: LIMIT }));
  const acks = useQueries({
    queries: newestRevisions(rows, since).map(({ service, revision }) => ({
      ...acksQuery(service, revision),
      refetchInterval: REFRESH_MILLIS,
    })),
  });
  return behind(acks.map(({ data }) => data));
}
