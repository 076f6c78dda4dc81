import { maySteer } from "@/lib/api/rights";
import type { InvokeRequest, MethodDoc, Session } from "@/lib/api/types";
import { quoted } from "@/lib/format/shell";
import { parse, pretty } from "./document";

/** Entries as they are written, a line each; or the first line that is none. */
export function metadataOf(
  text: string,
): { entries: Record<string, string>; wrong?: undefined } | { entries?: undefined; wrong: string } {
  const entries: Record<string, string> = {};
  for (const line of text.split("\n").map((each) => each.trim())) {
    if (!line) continue;
    const colon = line.indexOf(":");
    if (colon < 1) return { wrong: line };
    entries[line.slice(0, colon).trim()] = line.slice(colon + 1).trim();
  }
  return { entries };
}

export const takesStream = ({ shape }: MethodDoc) =>
  shape === "client_streaming" || shape === "bidi_streaming";

/** What a request begins as: every field, with a value that it may have. */
export const startOf = (method: MethodDoc) =>
  pretty(takesStream(method) ? [method.skeleton] : method.skeleton);

export interface Draft {
  service: string;
  instance: string | undefined;
  deadlineMillis: number;
  text: string;
  metadata: string;
}

/** The call as it is sent; null while the draft cannot be read. */
export function requestOf(draft: Draft, method: MethodDoc): InvokeRequest | null {
  const { value, error } = parse(draft.text);
  const { entries } = metadataOf(draft.metadata);
  if (error !== undefined || !entries) return null;
  return {
    service: draft.service,
    method: method.method,
    instance: draft.instance ?? null,
    ...(takesStream(method) && Array.isArray(value) ? { requests: value } : { request: value }),
    metadata: entries,
    deadlineMillis: draft.deadlineMillis,
    confirm: method.confirm,
  };
}

/** The same call for a terminal. */
export function commandOf(request: InvokeRequest): string {
  const messages = request.requests ?? [request.request];
  const parts = [
    `clearspan ctl invoke ${request.service} ${request.method}`,
    ...messages.map((each) => `-d ${quoted(JSON.stringify(each))}`),
    ...(request.instance ? [`--instance ${request.instance}`] : []),
    `--deadline ${request.deadlineMillis}ms`,
    ...Object.entries(request.metadata).map(([key, value]) => `-m ${quoted(`${key}=${value}`)}`),
    ...(request.confirm ? ["--yes"] : []),
  ];
  return parts.join(" \\\n  ");
}

/** Whether somebody may call the service's methods; why not otherwise. */
export function rightOf(user: Session["user"] | undefined, service: string): "may" | "viewer" | "elsewhere" {
  if (!user || user.role === "viewer") return "viewer";
  return maySteer(user, service) ? "may" : "elsewhere";
}
