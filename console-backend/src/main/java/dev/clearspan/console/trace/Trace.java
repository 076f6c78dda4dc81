package dev.clearspan.console.trace;

import java.time.Instant;
import java.util.List;

/**
 * All stored spans of one trace.
 *
 * @param startEpochMicros start of the earliest span, as is {@code startedAt}
 * @param durationMicros from the earliest start to the latest end
 * @param partial a parent is missing, spans were lost or cut off, or a process says so
 * @param spans by start, parents before their children when they start together; never empty
 */
public record Trace(
    String traceId,
    Instant startedAt,
    long startEpochMicros,
    long durationMicros,
    boolean partial,
    List<TraceSpan> spans) {
  public Trace {
    spans = List.copyOf(spans);
  }
}
