package dev.clearspan.console.intake;

/**
 * What one span or log record, and one trace, may hold; the rest is cut and counted.
 *
 * @param attributes attributes per span, event, log record or resource
 * @param valueBytes bytes (UTF-8) of one attribute value, name or message
 * @param events events per span
 * @param spansPerTrace spans kept of one trace
 * @param logsPerTrace log records kept of one trace
 */
public record SpanLimits(
    int attributes, int valueBytes, int events, int spansPerTrace, int logsPerTrace) {
  public static final SpanLimits DEFAULT = new SpanLimits(128, 4096, 128, 10_000, 2_000);
}
