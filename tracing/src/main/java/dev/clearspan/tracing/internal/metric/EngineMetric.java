package dev.clearspan.tracing.internal.metric;

import dev.clearspan.tracing.semconv.Instrument;
import dev.clearspan.tracing.semconv.TelemetryNames;
import io.opentelemetry.sdk.common.InstrumentationScopeInfo;
import io.opentelemetry.sdk.metrics.data.AggregationTemporality;
import io.opentelemetry.sdk.metrics.data.Data;
import io.opentelemetry.sdk.metrics.data.DoublePointData;
import io.opentelemetry.sdk.metrics.data.GaugeData;
import io.opentelemetry.sdk.metrics.data.HistogramData;
import io.opentelemetry.sdk.metrics.data.HistogramPointData;
import io.opentelemetry.sdk.metrics.data.MetricData;
import io.opentelemetry.sdk.metrics.data.MetricDataType;
import io.opentelemetry.sdk.metrics.data.SumData;
import io.opentelemetry.sdk.resources.Resource;
import java.util.Collection;

/** A metric of ours in the SDK's form. */
record EngineMetric(Resource resource, Instrument instrument, MetricDataType type, Data<?> data)
    implements MetricData {
  private static final InstrumentationScopeInfo SCOPE =
      InstrumentationScopeInfo.create(TelemetryNames.SCOPE);

  static EngineMetric histogram(
      Resource resource,
      Instrument instrument,
      AggregationTemporality temporality,
      Collection<HistogramPointData> points) {
    return new EngineMetric(
        resource, instrument, MetricDataType.HISTOGRAM, HistogramData.create(temporality, points));
  }

  static EngineMetric number(
      Resource resource,
      Instrument instrument,
      Reading.Kind kind,
      AggregationTemporality ofCounters,
      Collection<DoublePointData> points) {
    return switch (kind) {
      case GAUGE ->
          new EngineMetric(
              resource,
              instrument,
              MetricDataType.DOUBLE_GAUGE,
              GaugeData.createDoubleGaugeData(points));
      case COUNTER ->
          new EngineMetric(
              resource,
              instrument,
              MetricDataType.DOUBLE_SUM,
              SumData.createDoubleSumData(true, ofCounters, points));
    };
  }

  @Override
  public Resource getResource() {
    return resource;
  }

  @Override
  public InstrumentationScopeInfo getInstrumentationScopeInfo() {
    return SCOPE;
  }

  @Override
  public String getName() {
    return instrument.name();
  }

  @Override
  public String getDescription() {
    return instrument.description();
  }

  @Override
  public String getUnit() {
    return instrument.unit();
  }

  @Override
  public MetricDataType getType() {
    return type;
  }

  @Override
  public Data<?> getData() {
    return data;
  }
}
