export interface TracesSearch {
  service?: string | undefined;
  status?: "ok" | "error" | undefined;
}

export function tracesSearch(raw: Record<string, unknown>): TracesSearch {
  return {
    service: typeof raw.service === "string" && raw.service ? raw.service : undefined,
    status: raw.status === "ok" || raw.status === "error" ? raw.status : undefined,
  };
}

export interface TraceSearchParams {
  /** The selected row: a span id. */
  call?: string | undefined;
}

export function traceSearch(raw: Record<string, unknown>): TraceSearchParams {
  return { call: typeof raw.call === "string" && /^[0-9a-f]{16}$/.test(raw.call) ? raw.call : undefined };
}
