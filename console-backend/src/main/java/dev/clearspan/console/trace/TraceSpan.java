package dev.clearspan.console.trace;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One span of a {@link Trace}.
 *
 * @param parentSpanId null for a root
 * @param service {@code service.name} of its process
 * @param instance {@code service.instance.id} of its process, empty if it has none
 * @param startOffsetMicros after the start of the trace
 * @param attributes values are String, Boolean, Long or Double; arrays and maps stand as JSON-like
 *     text
 */
public record TraceSpan(
    String spanId,
    @Nullable String parentSpanId,
    String service,
    String instance,
    String name,
    Kind kind,
    long startOffsetMicros,
    long durationMicros,
    StatusCode statusCode,
    String statusMessage,
    Map<String, Object> attributes,
    List<Event> events) {

  /** OpenTelemetry's span kinds; an unspecified one counts as INTERNAL. */
  public enum Kind {
    CLIENT,
    SERVER,
    INTERNAL,
    PRODUCER,
    CONSUMER
  }

  /** OpenTelemetry's span status. */
  public enum StatusCode {
    UNSET,
    OK,
    ERROR
  }

  /** Something that happened during a span. */
  public record Event(String name, long offsetMicros, Map<String, Object> attributes) {}
}
