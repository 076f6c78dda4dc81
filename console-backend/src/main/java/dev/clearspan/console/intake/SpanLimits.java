package dev.clearspan.console.intake;

/**
 * What one span, and one trace, may hold; the rest is cut and counted.
 *
 * @param attributes attributes per span, event or resource
 * @param valueBytes bytes (UTF-8) of one attribute value, name or message
 * @param events events per span
 * @param spansPerTrace spans kept of one trace
 */
public record SpanLimits(int attributes, int valueBytes, int events, int spansPerTrace) {
  public static final SpanLimits DEFAULT = new SpanLimits(128, 4096, 128, 10_000);
}
