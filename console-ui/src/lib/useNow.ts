import { useSyncExternalStore } from "react";

const subscribers = new Set<() => void>();
let now = Date.now();
let timer: ReturnType<typeof setInterval> | undefined;

function subscribe(listener: () => void) {
  if (subscribers.size === 0) now = Date.now();
  subscribers.add(listener);
  timer ??= setInterval(tick, 1_000);
  return () => {
    subscribers.delete(listener);
    if (subscribers.size === 0) {
      clearInterval(timer);
      timer = undefined;
    }
  };
}

function tick() {
  now = Date.now();
  for (const listener of subscribers) listener();
}

/** Wall clock in epoch ms, moving once a second for all who look: one timer for the whole page. */
export function useNow(): number {
  return useSyncExternalStore(subscribe, () => now);
}
