package dev.clearspan.console.trace;

import java.time.Duration;

/**
 * How much waits for the store, and for how long.
 *
 * @param queueBatches export requests that may wait
 * @param queueBytes bytes that may wait
 * @param batchSpans spans after which a commit waits for no more
 * @param linger how long a commit waits for more
 */
public record TraceWriterConfig(
    int queueBatches, long queueBytes, int batchSpans, Duration linger) {
  public static final TraceWriterConfig DEFAULT =
      new TraceWriterConfig(1024, 32L << 20, 2_000, Duration.ofMillis(100));
}
