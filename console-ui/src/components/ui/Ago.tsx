import { ago, exact } from "@/lib/format/time";
import { useNow } from "@/lib/useNow";

/** A relative time; the exact one on hover. */
export function Ago({ at }: { at: string }) {
  const now = useNow();
  return (
    <time dateTime={at} title={exact(at)}>
      {ago(at, now)}
    </time>
  );
}
