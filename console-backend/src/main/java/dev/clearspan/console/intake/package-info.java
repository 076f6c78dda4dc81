/**
 * The OTLP/HTTP door: {@link OtlpReceiver} takes spans and metrics of any OpenTelemetry exporter,
 * checks and bounds them, and hands them to a {@link SpanSink} and a {@link MetricSink}. It knows
 * neither the trace store nor the aggregates behind them.
 */
@NullMarked
package dev.clearspan.console.intake;

import org.jspecify.annotations.NullMarked;
