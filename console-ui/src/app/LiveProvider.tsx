import { useQueryClient } from "@tanstack/react-query";
import { type ReactNode, useEffect, useState } from "react";
import { sessionQuery } from "@/lib/api/queries";
import { StreamReader } from "@/lib/live/apply";
import { LiveContext } from "@/lib/live/context";
import { LiveStream } from "@/lib/live/stream";

/** One event stream for the whole tab: browsers allow six connections a host. */
export function LiveProvider({ children }: { children: ReactNode }) {
  const client = useQueryClient();
  const [stream] = useState(
    () =>
      new LiveStream({
        open: (url) => new EventSource(url),
        onEvent: new StreamReader(client).apply,
        onRefused: () => void client.invalidateQueries({ queryKey: sessionQuery.queryKey }),
      }),
  );
  useEffect(() => {
    stream.start();
    return () => stream.stop();
  }, [stream]);
  return <LiveContext value={stream}>{children}</LiveContext>;
}
