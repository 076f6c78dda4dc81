import { keepPreviousData, queryOptions } from "@tanstack/react-query";
import { ApiError, get, request, segment } from "./client";
import type {
  AccountChange,
  Acks,
  AuditRow,
  AuditVerification,
  Breaker,
  ContractReport,
  DraftAudience,
  EffectivePolicy,
  Failure,
  GuardReport,
  InstanceDetail,
  KeptCaller,
  Layout,
  MethodSummary,
  Outage,
  PolicyDocument,
  PolicyVersion,
  RecorderState,
  RedSeries,
  ServiceDetail,
  ServiceDoc,
  ServiceSummary,
  Session,
  SetupState,
  SystemState,
  Token,
  Topology,
  TopologyPast,
  Trace,
  TraceLogs,
  TraceSearch,
  User,
} from "./types";

// What the stream pushes needs no polling; what it does not push is polled while it is looked at.
const PUSHED = Number.POSITIVE_INFINITY;

export interface AuditFilter {
  service?: string;
  author?: string;
  action?: string;
  limit?: number;
}

export interface RedFilter {
  service?: string;
  method?: string;
  caller?: string;
  groupBy?: "service" | "method" | "caller" | "instance";
  /** How far back; without it the last 15 minutes. */
  minutes?: number;
}

export interface TraceFilter {
  service?: string;
  method?: string;
  status?: string;
  minDurationMillis?: number;
  maxDurationMillis?: number;
  from?: string;
  to?: string;
}

export const sessionQuery = queryOptions({
  queryKey: ["session"],
  queryFn: ({ signal }) => get<Session>("/session", {}, signal),
  staleTime: PUSHED,
  retry: false,
});

export const setupQuery = queryOptions({
  queryKey: ["setup"],
  queryFn: ({ signal }) => get<SetupState>("/setup", {}, signal),
  retry: false,
});

export const topologyQuery = queryOptions({
  queryKey: ["topology"],
  queryFn: ({ signal }) => get<Topology>("/topology", { windowSeconds: 10 }, signal),
  // What a patch leaves as it was is the same object already: to compare thousands of edges finds nothing more.
  structuralSharing: false,
  staleTime: PUSHED,
});

/** The topology as it was; what was does not change. */
export const pastTopologyQuery = (at: string | undefined) =>
  queryOptions({
    queryKey: ["past-topology", at],
    queryFn: ({ signal }) => get<Topology>("/topology", { at }, signal),
    staleTime: Number.POSITIVE_INFINITY,
    placeholderData: keepPreviousData,
    enabled: at !== undefined,
    retry: false,
  });

/** Where boxes stand for everybody; read once, so that what one moves is not moved back. */
export const layoutQuery = (arrangement: "wide" | "narrow") =>
  queryOptions({
    queryKey: ["layout", arrangement],
    queryFn: ({ signal }) => get<Layout>(`/topology/layout/${arrangement}`, {}, signal),
    staleTime: Number.POSITIVE_INFINITY,
    retry: false,
  });

export const topologyPastQuery = queryOptions({
  queryKey: ["topology-past"],
  queryFn: ({ signal }) => get<TopologyPast>("/topology/history", {}, signal),
  refetchInterval: 10_000,
});

export const breakersQuery = queryOptions({
  queryKey: ["breakers"],
  queryFn: ({ signal }) => get<Breaker[]>("/breakers", {}, signal),
  staleTime: PUSHED,
});

export const systemQuery = queryOptions({
  queryKey: ["system"],
  queryFn: ({ signal }) => get<SystemState>("/system", {}, signal),
  staleTime: PUSHED,
});

export const recordersQuery = queryOptions({
  queryKey: ["recorders"],
  queryFn: ({ signal }) => get<RecorderState>("/recorders", {}, signal),
  refetchInterval: 5_000,
});

export const servicesQuery = queryOptions({
  queryKey: ["services"],
  queryFn: ({ signal }) => get<ServiceSummary[]>("/services", {}, signal),
  refetchInterval: 5_000,
});

export const serviceQuery = (service: string) =>
  queryOptions({
    queryKey: ["service", service],
    queryFn: ({ signal }) => get<ServiceDetail>(`/services/${segment(service)}`, {}, signal),
    refetchInterval: 5_000,
  });

export const instancesQuery = (service: string) =>
  queryOptions({
    queryKey: ["instances", service],
    queryFn: ({ signal }) => get<InstanceDetail[]>(`/services/${segment(service)}/instances`, {}, signal),
    refetchInterval: 2_000,
  });

export const outagesQuery = (service: string) =>
  queryOptions({
    queryKey: ["outages", service],
    queryFn: ({ signal }) => get<Outage[]>(`/services/${segment(service)}/outages`, {}, signal),
    refetchInterval: 2_000,
  });

export const methodsQuery = (service: string) =>
  queryOptions({
    queryKey: ["methods", service],
    queryFn: ({ signal }) => get<MethodSummary[]>(`/services/${segment(service)}/methods`, {}, signal),
    refetchInterval: 5_000,
  });

export const policyQuery = (service: string) =>
  queryOptions({
    queryKey: ["policy", service],
    queryFn: ({ signal }) => get<PolicyDocument>(`/services/${segment(service)}/policy`, {}, signal),
  });

export const guardQuery = (service: string, revision: number) =>
  queryOptions({
    queryKey: ["guard", service, revision],
    queryFn: ({ signal }) => get<GuardReport>(`/services/${segment(service)}/policy/guard`, {}, signal),
    refetchInterval: 1_000,
    retry: false,
  });

export const effectivePolicyQuery = (service: string, method: string, revision: number) =>
  queryOptions({
    queryKey: ["policy-effective", service, method, revision],
    queryFn: ({ signal }) =>
      get<EffectivePolicy>(`/services/${segment(service)}/policy/effective`, { method }, signal),
  });

/** Who would ignore parts of a document that is not stored. */
export const draftAudienceQuery = (service: string, draft: Record<string, unknown>) =>
  queryOptions({
    queryKey: ["policy-check", service, draft],
    queryFn: ({ signal }) =>
      request<DraftAudience>("POST", `/services/${segment(service)}/policy/check`, { body: draft, signal }),
    retry: false,
  });

export const keptCallersQuery = (service: string) =>
  queryOptions({
    queryKey: ["kept-callers", service],
    queryFn: ({ signal }) => get<KeptCaller[]>(`/services/${segment(service)}/telemetry/keep`, {}, signal),
    refetchInterval: 5_000,
  });

export const policyVersionsQuery = (service: string) =>
  queryOptions({
    queryKey: ["policy-versions", service],
    queryFn: ({ signal }) =>
      get<PolicyVersion[]>(`/services/${segment(service)}/policy/versions`, {}, signal),
  });

export const acksQuery = (service: string, revision: number) =>
  queryOptions({
    queryKey: ["acks", service, revision],
    queryFn: ({ signal }) => get<Acks>(`/services/${segment(service)}/acks`, { revision }, signal),
    staleTime: PUSHED,
    structuralSharing: (known, next) => newerAcks(known as Acks | undefined, next as Acks),
  });

/** An answer that was on its way while the stream pushed on must not count back. */
export function newerAcks(known: Acks | undefined, next: Acks): Acks {
  const countsBack = known && known.total === next.total && known.applied > next.applied;
  return countsBack ? known : next;
}

export const auditQuery = (filter: AuditFilter) =>
  queryOptions({
    queryKey: ["audit", filter],
    queryFn: ({ signal }) => get<AuditRow[]>("/audit", { ...filter }, signal),
    staleTime: PUSHED,
  });

/** Computed anew on the server each time it is asked. */
export const verificationQuery = queryOptions({
  queryKey: ["audit-verify"],
  queryFn: ({ signal }) => get<AuditVerification>("/audit/verify", {}, signal),
  refetchInterval: 30_000,
});

export const usersQuery = queryOptions({
  queryKey: ["users"],
  queryFn: ({ signal }) => get<User[]>("/users", {}, signal),
});

export const tokensQuery = queryOptions({
  queryKey: ["tokens"],
  queryFn: ({ signal }) => get<Token[]>("/tokens", {}, signal),
});

export const accountChangesQuery = queryOptions({
  queryKey: ["account-changes"],
  queryFn: ({ signal }) => get<AccountChange[]>("/account-changes", { limit: 50 }, signal),
});

export const failuresQuery = queryOptions({
  queryKey: ["failures"],
  queryFn: ({ signal }) => get<Failure[]>("/failures", { limit: 50 }, signal),
  refetchInterval: 3_000,
});

export const redQuery = ({ minutes, ...filter }: RedFilter) =>
  queryOptions({
    queryKey: ["red", filter, minutes],
    queryFn: ({ signal }) => {
      const from = minutes ? { from: new Date(Date.now() - minutes * 60_000).toISOString() } : {};
      return get<RedSeries>("/metrics/red", { ...filter, ...from }, signal);
    },
    // A long chart is of long steps, and another store is asked for it.
    refetchInterval: minutes ? 30_000 : 10_000,
  });

export const tracesQuery = (filter: TraceFilter) =>
  queryOptions({
    queryKey: ["traces", filter],
    queryFn: ({ signal }) => get<TraceSearch>("/traces", { ...filter, limit: 100 }, signal),
    refetchInterval: 5_000,
  });

const LOG_LOOKS = 3;

/** Lines come with the next batch of their process: looked for again a few times. */
export const traceLogsQuery = (traceId: string) =>
  queryOptions({
    queryKey: ["trace-logs", traceId],
    queryFn: ({ signal }) => get<TraceLogs>(`/traces/${segment(traceId)}/logs`, {}, signal),
    staleTime: 10_000,
    refetchInterval: ({ state }) => (state.dataUpdateCount < LOG_LOOKS ? 2_000 : false),
  });

export const traceQuery = (traceId: string) =>
  queryOptions({
    queryKey: ["trace", traceId],
    queryFn: ({ signal }) => get<Trace>(`/traces/${segment(traceId)}`, {}, signal),
    staleTime: 10_000,
    retry: false,
    refetchInterval: ({ state }) =>
      isMissing(state.error) && state.errorUpdateCount < LOOKS ? 2_000 : false,
  });

/** How often a trace that may be on its way is looked for. */
export const LOOKS = 4;

export const isMissing = (error: Error | null): error is ApiError =>
  error instanceof ApiError && error.problem.absence !== undefined;

/** Contracts change with deployments only. */
const CONTRACT_INTERVAL = 10_000;

export const contractsQuery = queryOptions({
  queryKey: ["contracts"],
  queryFn: ({ signal }) => get<ContractReport[]>("/contracts", {}, signal),
  refetchInterval: CONTRACT_INTERVAL,
});

export const contractQuery = (service: string) =>
  queryOptions({
    queryKey: ["contract", service],
    queryFn: ({ signal }) => get<ContractReport>(`/services/${segment(service)}/contract`, {}, signal),
    refetchInterval: CONTRACT_INTERVAL,
  });

export const serviceDocQuery = (service: string) =>
  queryOptions({
    queryKey: ["descriptors", service],
    queryFn: ({ signal }) => get<ServiceDoc>(`/services/${segment(service)}/descriptors`, {}, signal),
    staleTime: CONTRACT_INTERVAL,
    retry: false,
  });
