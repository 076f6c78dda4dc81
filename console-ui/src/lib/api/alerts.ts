import { queryOptions } from "@tanstack/react-query";
import { get, request, segment } from "./client";
import type { AlertPreview, AlertReport, AlertRule, AlertRuleList, ChangeResult } from "./types";

/** Pushed by the stream. */
export const alertsQuery = queryOptions({
  queryKey: ["alerts"],
  queryFn: ({ signal }) => get<AlertReport>("/alerts", {}, signal),
  staleTime: Number.POSITIVE_INFINITY,
});

export const alertRulesQuery = queryOptions({
  queryKey: ["alert-rules"],
  queryFn: ({ signal }) => get<AlertRuleList>("/alerts/rules", {}, signal),
  refetchInterval: 5_000,
});

/** What a draft finds now; stores nothing. */
export const previewRule = (rule: AlertRule) =>
  request<AlertPreview>("POST", "/alerts/rules/preview", { body: rule });

export const putRule = (rule: AlertRule, revision: number, reason: string) =>
  request<ChangeResult>("PUT", `/alerts/rules/${segment(rule.id)}`, {
    body: rule,
    query: { reason },
    headers: { "If-Match": `"${revision}"` },
  });

export const deleteRule = (id: string, revision: number, reason: string) =>
  request<ChangeResult>("DELETE", `/alerts/rules/${segment(id)}`, {
    query: { reason },
    headers: { "If-Match": `"${revision}"` },
  });

export interface SilenceRequest {
  rule?: string;
  service?: string;
  seconds: number;
  reason: string;
}

export const addSilence = (body: SilenceRequest) =>
  request<ChangeResult>("POST", "/alerts/silences", { body });

export const endSilence = (id: string, reason: string) =>
  request<ChangeResult>("DELETE", `/alerts/silences/${segment(id)}`, { query: { reason } });
