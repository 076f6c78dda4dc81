package dev.clearspan.console.jaeger;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A trace as Jaeger's query API shows it.
 *
 * @param processes by the {@code processID} of the spans
 * @param warnings what the reader should know; null when there is nothing
 * @see <a href="https://www.jaegertracing.io/docs/latest/apis/">Jaeger's APIs</a>
 */
public record JaegerTrace(
    String traceID,
    List<JaegerSpan> spans,
    Map<String, JaegerProcess> processes,
    @Nullable List<String> warnings) {

  /**
   * A span.
   *
   * @param startTime microseconds since 1970
   * @param duration microseconds
   */
  public record JaegerSpan(
      String traceID,
      String spanID,
      String operationName,
      List<JaegerReference> references,
      long startTime,
      long duration,
      List<JaegerTag> tags,
      List<JaegerLog> logs,
      String processID,
      @Nullable List<String> warnings) {}

  /** The span's parent: {@code refType} is CHILD_OF. */
  public record JaegerReference(String refType, String traceID, String spanID) {}

  /**
   * An attribute.
   *
   * @param type string, bool, int64 or float64
   */
  public record JaegerTag(String key, String type, Object value) {}

  /**
   * An event.
   *
   * @param timestamp microseconds since 1970
   */
  public record JaegerLog(long timestamp, List<JaegerTag> fields) {}

  /** Who recorded spans. */
  public record JaegerProcess(String serviceName, List<JaegerTag> tags) {}
}
