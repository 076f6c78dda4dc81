import { quoted } from "@/lib/format/shell";
import { request, segment } from "./client";
import type {
  BatchControlRequest,
  ChangeResult,
  ForceBreakerRequest,
  InstanceControl,
  InstanceControlRequest,
  Invocation,
  InvokeRequest,
  KeepRequest,
  Layout,
  Place,
  PolicyPreview,
  Session,
  SignedOut,
} from "./types";

export const signIn = (body: { username: string; password: string } | { oneTimeToken: string }) =>
  request<Session>("POST", "/session", { body });

export const signOut = () => request<SignedOut>("DELETE", "/session");

export const setUp = (body: { token: string; username: string; password: string }) =>
  request<Session>("POST", "/setup", { body });

export const placeBoxes = (arrangement: "wide" | "narrow", body: { boxes: Place[]; anew: boolean }) =>
  request<Layout>("PUT", `/topology/layout/${arrangement}`, { body });

export type InstanceChange = Omit<InstanceControlRequest, "reason" | "ttlSeconds">;

/** One instance goes by its own path, several in one transaction. */
export function putControls(
  service: string,
  changes: Record<string, InstanceChange>,
  reason: string,
  ttlSeconds: number | null,
) {
  const { path, body } = controlRequest(service, changes, reason, ttlSeconds);
  return request<ChangeResult>("PUT", path, { body });
}

export function controlRequest(
  service: string,
  changes: Record<string, InstanceChange>,
  reason: string,
  ttlSeconds: number | null,
): { path: string; body: InstanceControlRequest | BatchControlRequest } {
  const entries = Object.entries(changes);
  const [first] = entries;
  if (entries.length === 1 && first) {
    const [id, change] = first;
    return {
      path: `/services/${segment(service)}/instances/${segment(id)}/control`,
      body: { ...change, reason, ttlSeconds },
    };
  }
  return { path: `/services/${segment(service)}/control`, body: { reason, ttlSeconds, instances: changes } };
}

/** The change that restores what an instance had before. */
export function changeFrom(control: InstanceControl | null): InstanceChange {
  if (!control) return {};
  const { weight, drain, eject, sticky } = control;
  return { weight: weight ?? null, drain: drain ?? false, eject: eject ?? false, sticky };
}

export const forceBreaker = (service: string, body: ForceBreakerRequest) =>
  request<ChangeResult>("PUT", `/services/${segment(service)}/breakers`, { body });

export const putPolicy = (service: string, policy: unknown, revision: number, reason: string) =>
  request<ChangeResult>("PUT", `/services/${segment(service)}/policy`, {
    body: policy,
    query: { reason },
    headers: { "If-Match": `"${revision}"` },
  });

export const rollBackPolicy = (service: string, auditId: string, revision: number, reason: string) =>
  request<ChangeResult>("POST", `/services/${segment(service)}/policy/rollback`, {
    body: { auditId, reason },
    headers: { "If-Match": `"${revision}"` },
  });

/** Ends the trial of a policy: it stays, or what was before comes back. */
export const endTrial = (service: string, end: "keep" | "revert", revision: number, reason: string) =>
  request<ChangeResult>("POST", `/services/${segment(service)}/policy/guard/${end}`, {
    query: { reason },
    headers: { "If-Match": `"${revision}"` },
  });

export const keepCalls = (service: string, body: KeepRequest) =>
  request<ChangeResult>("POST", `/services/${segment(service)}/telemetry/keep`, { body });

export const endKeeping = (service: string, caller: string, method: string, reason: string) =>
  request<ChangeResult>("DELETE", `/services/${segment(service)}/telemetry/keep`, {
    query: { caller, method, reason },
  });

/** The same request for a terminal; the token stays out of the text. */
export function curlCommand(method: string, path: string, body: unknown): string {
  return [
    `curl -X ${method} "$CLEARSPAN_CONSOLE/api/v1${path}" \\`,
    `  -H "Authorization: Bearer $CLEARSPAN_TOKEN" \\`,
    `  --json ${quoted(JSON.stringify(body))}`,
  ].join("\n");
}

/** Asks what a draft would change; changes nothing. */
export const previewPolicy = (service: string, draft: Record<string, unknown>) =>
  request<PolicyPreview>("POST", `/services/${segment(service)}/policy/preview`, { body: draft });

/** Calls a method; giving up here leaves the call to end by its deadline. */
export const invoke = (body: InvokeRequest, signal: AbortSignal) =>
  request<Invocation>("POST", "/invoke", { body, signal });
