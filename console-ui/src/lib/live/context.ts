import { createContext, useContext, useSyncExternalStore } from "react";
import type { LiveState, LiveStream } from "./stream";

export const LiveContext = createContext<LiveStream | null>(null);

export function useLiveStream(): LiveStream {
  const stream = useContext(LiveContext);
  if (!stream) throw new Error("LiveContext: none (expected: inside the signed-in shell)");
  return stream;
}

export function useLive() {
  const stream = useLiveStream();
  return useSyncExternalStore(stream.subscribe, stream.current);
}

/** Changes with the state only, not with every event: for what does not show when it last heard. */
export function useLiveState(): LiveState {
  const stream = useLiveStream();
  return useSyncExternalStore(stream.subscribe, () => stream.current().state);
}
