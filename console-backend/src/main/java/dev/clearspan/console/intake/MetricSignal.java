package dev.clearspan.console.intake;

import io.opentelemetry.proto.collector.metrics.v1.ExportMetricsServiceRequest;
import java.io.IOException;

/** {@code /v1/metrics}: points are applied before the answer. */
final class MetricSignal implements Signal {
  private final MetricSink sink;
  private final IntakeCounters counters;

  MetricSignal(MetricSink sink, IntakeCounters counters) {
    this.sink = sink;
    this.counters = counters;
  }

  @Override
  public byte[] take(byte[] body, OtlpFormat format) throws Refusal {
    ExportMetricsServiceRequest.Builder request = ExportMetricsServiceRequest.newBuilder();
    try {
      format.read(body, request);
    } catch (IOException e) {
      throw Refusal.malformed("The body is no ExportMetricsServiceRequest: " + e.getMessage());
    }
    MetricSink.Outcome outcome = sink.accept(request.getResourceMetricsList());
    counters.metricPointsReceived.add(outcome.points());
    counters.metricPointsRejected.add(outcome.rejected());
    return outcome.rejected() == 0
        ? format.success()
        : format.partialSuccess("rejectedDataPoints", outcome.rejected(), outcome.reason());
  }
}
