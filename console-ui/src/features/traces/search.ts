import type { Severity } from "@/lib/api/types";
import { SEVERITIES } from "./model/logs";

export interface TracesSearch {
  service?: string | undefined;
  status?: "ok" | "error" | undefined;
  /** A stretch of time and of durations. */
  from?: string | undefined;
  to?: string | undefined;
  min?: number | undefined;
  max?: number | undefined;
}

export function tracesSearch(raw: Record<string, unknown>): TracesSearch {
  return {
    service: typeof raw.service === "string" && raw.service ? raw.service : undefined,
    status: raw.status === "ok" || raw.status === "error" ? raw.status : undefined,
    from: momentOf(raw.from),
    to: momentOf(raw.to),
    min: millisOf(raw.min),
    max: millisOf(raw.max),
  };
}

const momentOf = (raw: unknown) =>
  typeof raw === "string" && !Number.isNaN(Date.parse(raw)) ? new Date(raw).toISOString() : undefined;

const millisOf = (raw: unknown) =>
  typeof raw === "number" && Number.isFinite(raw) && raw >= 0 ? raw : undefined;

export interface TraceSearchParams {
  /** The selected row: a span id. */
  call?: string | undefined;
  /** Log lines at least as severe. */
  log?: Severity | undefined;
  /** Log lines with this text. */
  find?: string | undefined;
}

export function traceSearch(raw: Record<string, unknown>): TraceSearchParams {
  return {
    call: typeof raw.call === "string" && /^[0-9a-f]{16}$/.test(raw.call) ? raw.call : undefined,
    log: SEVERITIES.find((known) => known === raw.log),
    find: typeof raw.find === "string" && raw.find ? raw.find.slice(0, 200) : undefined,
  };
}
