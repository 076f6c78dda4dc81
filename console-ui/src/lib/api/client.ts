import type { Problem } from "./types";

const BASE = "/api/v1";

/** An answer other than 2xx, with the server's problem document. */
export class ApiError extends Error {
  constructor(
    readonly problem: Problem,
    /** When it may be tried again, epoch ms; null: the server did not say. */
    readonly retryAt: number | null = null,
  ) {
    super(problem.detail || problem.title);
    this.name = "ApiError";
  }
  get status() {
    return this.problem.status;
  }
}

type Query = Record<string, string | number | undefined | null>;

export interface RequestOptions {
  query?: Query;
  body?: unknown;
  headers?: Record<string, string>;
  signal?: AbortSignal;
}

let csrfToken = "";

/** Set after sign-in; sent with every request that changes something. */
export function setCsrfToken(token: string) {
  csrfToken = token;
}

export function pathWithQuery(path: string, query: Query = {}): string {
  const params = new URLSearchParams();
  for (const [key, value] of Object.entries(query)) {
    if (value !== undefined && value !== null && value !== "") params.set(key, String(value));
  }
  const text = params.toString();
  return text ? `${path}?${text}` : path;
}

export async function request<T>(method: string, path: string, options: RequestOptions = {}): Promise<T> {
  const headers: Record<string, string> = { accept: "application/json", ...options.headers };
  if (options.body !== undefined) headers["content-type"] = "application/json";
  if (method !== "GET") headers["X-CSRF-Token"] = csrfToken;
  const response = await send(BASE + pathWithQuery(path, options.query), {
    method,
    headers,
    credentials: "same-origin",
    body: options.body === undefined ? undefined : JSON.stringify(options.body),
    signal: options.signal,
  });
  if (!response.ok) throw new ApiError(await problemOf(response), retryAtOf(response));
  return (response.status === 204 ? undefined : await response.json()) as T;
}

async function send(url: string, init: RequestInit): Promise<Response> {
  try {
    return await fetch(url, init);
  } catch (cause) {
    if (init.signal?.aborted) throw cause;
    throw new ApiError({
      type: "about:blank",
      title: "Console unreachable",
      status: 0,
      detail: "The console's server did not answer. Check that it runs and that this machine reaches it.",
    });
  }
}

/** By this machine's clock, which need not be the server's. */
function retryAtOf({ headers }: Response): number | null {
  const seconds = Number(headers.get("retry-after"));
  return seconds > 0 ? Date.now() + seconds * 1_000 : null;
}

async function problemOf(response: Response): Promise<Problem> {
  const fallback: Problem = {
    type: "about:blank",
    title: response.statusText || `HTTP ${response.status}`,
    status: response.status,
    detail: `The console answered ${response.status} without saying why.`,
  };
  const isJson = response.headers.get("content-type")?.includes("json") ?? false;
  if (!isJson) return fallback;
  return { ...fallback, ...((await response.json()) as Partial<Problem>) };
}

export const get = <T>(path: string, query?: Query, signal?: AbortSignal) =>
  request<T>("GET", path, { query, signal });

export const segment = encodeURIComponent;
