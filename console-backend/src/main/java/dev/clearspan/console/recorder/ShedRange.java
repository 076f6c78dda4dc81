package dev.clearspan.console.recorder;

import dev.clearspan.console.trace.TraceId;
import dev.clearspan.rpc.ledger.TraceHash;
import java.time.Instant;

/**
 * A stretch of time in which a process shed traces: those whose hash is not below the threshold.
 *
 * @param threshold 0 to 65,535
 * @param count traces shed
 */
record ShedRange(
    String process, String service, Instant from, Instant to, int threshold, long count) {

  /** Whether the process would have shed this trace. */
  boolean excludes(TraceId id) {
    return TraceHash.of(id.low()) >= threshold;
  }

  /** Share of traces shed, 0 to 1. */
  double share() {
    return 1 - threshold / (double) TraceHash.END;
  }

  /** Whether it follows an earlier range of the same process and threshold without a break. */
  boolean continues(ShedRange earlier, long gapMillis) {
    return !from.isAfter(earlier.to.plusMillis(gapMillis)) && !to.isBefore(earlier.to);
  }

  ShedRange with(ShedRange later) {
    return new ShedRange(process, service, from, later.to, threshold, count + later.count);
  }
}
