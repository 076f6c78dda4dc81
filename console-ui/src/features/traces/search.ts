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
