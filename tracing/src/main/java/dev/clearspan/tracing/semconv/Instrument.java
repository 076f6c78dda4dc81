package dev.clearspan.tracing.semconv;

/**
 * A metric's identity.
 *
 * @param name OpenTelemetry name; Prometheus sees it with underscores, unit and {@code _total}
 * @param unit UCUM; curly braces mark plain counts
 * @param description one sentence
 */
public record Instrument(String name, String unit, String description) {}
