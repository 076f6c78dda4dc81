package dev.clearspan.tracing.internal.export;

import io.opentelemetry.sdk.common.CompletableResultCode;
import io.opentelemetry.sdk.metrics.InstrumentType;
import io.opentelemetry.sdk.metrics.data.AggregationTemporality;
import io.opentelemetry.sdk.metrics.data.MetricData;
import io.opentelemetry.sdk.metrics.export.AggregationTemporalitySelector;
import io.opentelemetry.sdk.metrics.export.CollectionRegistration;
import io.opentelemetry.sdk.metrics.export.MetricReader;
import java.util.Collection;

/** Reads the instruments that user code made with OpenTelemetry's API, when asked to. */
public final class UserMeters implements MetricReader, CollectionRegistration {
  private final AggregationTemporalitySelector temporality;
  private volatile CollectionRegistration registration = CollectionRegistration.noop();

  public UserMeters(AggregationTemporalitySelector temporality) {
    this.temporality = temporality;
  }

  @Override
  public void register(CollectionRegistration value) {
    registration = value;
  }

  @Override
  public Collection<MetricData> collectAllMetrics() {
    return registration.collectAllMetrics();
  }

  @Override
  public AggregationTemporality getAggregationTemporality(InstrumentType type) {
    return temporality.getAggregationTemporality(type);
  }

  @Override
  public CompletableResultCode forceFlush() {
    return CompletableResultCode.ofSuccess();
  }

  @Override
  public CompletableResultCode shutdown() {
    return CompletableResultCode.ofSuccess();
  }
}
