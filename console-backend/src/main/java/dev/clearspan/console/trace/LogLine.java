package dev.clearspan.console.trace;

import io.opentelemetry.proto.logs.v1.LogRecord;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One log record.
 *
 * @param at when it was logged; when it was observed, where the source does not tell
 * @param spanId the span within which it was logged; null: none in particular
 * @param logger name of the logger, OpenTelemetry's instrumentation scope
 * @param severity TRACE, DEBUG, INFO, WARN, ERROR or FATAL; empty if the source does not tell
 * @param severityText the source's own word for it
 * @param body as text
 */
public record LogLine(
    Instant at,
    @Nullable String spanId,
    String service,
    String instance,
    String logger,
    String severity,
    String severityText,
    String body,
    Map<String, Object> attributes) {
  private static final String[] SEVERITIES = {"TRACE", "DEBUG", "INFO", "WARN", "ERROR", "FATAL"};
  private static final int NUMBERS_EACH = 4;
  private static final HexFormat HEX = HexFormat.of();
  private static final long NANOS = 1_000_000_000;

  static LogLine of(Map<String, Object> resource, String logger, LogRecord log) {
    long nanos = log.getTimeUnixNano() != 0 ? log.getTimeUnixNano() : log.getObservedTimeUnixNano();
    // Unsigned on the wire: what looks negative lies beyond the year 2262, and is a lie.
    long known = Math.max(0, nanos);
    return new LogLine(
        Instant.ofEpochSecond(known / NANOS, known % NANOS),
        log.getSpanId().isEmpty() ? null : HEX.formatHex(log.getSpanId().toByteArray()),
        resource.getOrDefault("service.name", ReadSpan.UNKNOWN_SERVICE).toString(),
        resource.getOrDefault("service.instance.id", "").toString(),
        logger,
        severity(log.getSeverityNumberValue()),
        log.getSeverityText(),
        AttributeText.plain(log.getBody()).toString(),
        AttributeText.map(log.getAttributesList()));
  }

  /** 1 to 4 are TRACE, 5 to 8 DEBUG, ... (OpenTelemetry logs data model, "Severity Fields"). */
  private static String severity(int number) {
    int index = (number - 1) / NUMBERS_EACH;
    return number < 1 || index >= SEVERITIES.length ? "" : SEVERITIES[index];
  }
}
