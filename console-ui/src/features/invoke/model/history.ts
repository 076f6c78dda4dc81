import type { Invocation } from "@/lib/api/types";

/** A call that was made here; what was sent stays in this page's memory and is written nowhere. */
export interface Past {
  at: string;
  answer: Invocation;
  text: string;
  metadata: string;
}

export const MOST_PAST = 50;

let past: readonly Past[] = [];
const subscribers = new Set<() => void>();

export const pastCalls = () => past;

export function remember(call: Past) {
  past = [call, ...past].slice(0, MOST_PAST);
  for (const listener of subscribers) listener();
}

export function subscribePast(listener: () => void) {
  subscribers.add(listener);
  return () => void subscribers.delete(listener);
}
