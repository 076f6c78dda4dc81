package dev.clearspan.console.recorder;

import dev.clearspan.console.intake.MetricSink;
import dev.clearspan.console.metric.Labels;
import dev.clearspan.rpc.ledger.TraceHash;
import io.opentelemetry.proto.metrics.v1.AggregationTemporality;
import io.opentelemetry.proto.metrics.v1.Metric;
import io.opentelemetry.proto.metrics.v1.NumberDataPoint;
import io.opentelemetry.proto.metrics.v1.ResourceMetrics;
import io.opentelemetry.proto.metrics.v1.ScopeMetrics;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * Hears what recorders report: delta sums and gauges. Other metrics are not its own and are neither
 * counted nor rejected; so are cumulative sums, which Clearspan's processes do not push.
 */
final class RecorderIntake implements MetricSink {
  private static final int MAX_NAME = 128;

  private final RecorderTable table;
  private final ShedTable shed;

  RecorderIntake(RecorderTable table, ShedTable shed) {
    this.table = table;
    this.shed = shed;
  }

  @Override
  public Outcome accept(List<ResourceMetrics> metrics) {
    for (ResourceMetrics resource : metrics) {
      ProcessKey process = process(new Labels(resource.getResource().getAttributesList()));
      for (ScopeMetrics scope : resource.getScopeMetricsList()) {
        scope.getMetricsList().forEach(metric -> metric(process, metric));
      }
    }
    return new Outcome(0, 0, "");
  }

  private void metric(ProcessKey process, Metric metric) {
    RecorderMetric.named(metric.getName())
        .ifPresent(
            kind ->
                points(metric)
                    .forEach(
                        point ->
                            table.report(
                                process,
                                (counts, now) -> count(kind, process, counts, point, now))));
  }

  private static List<NumberDataPoint> points(Metric metric) {
    boolean isDelta =
        metric.getSum().getAggregationTemporality()
            == AggregationTemporality.AGGREGATION_TEMPORALITY_DELTA;
    return isDelta ? metric.getSum().getDataPointsList() : metric.getGauge().getDataPointsList();
  }

  private void count(
      RecorderMetric kind,
      ProcessKey process,
      ProcessCounts counts,
      NumberDataPoint point,
      Instant now) {
    Labels labels = new Labels(point.getAttributesList());
    long count = Math.max(0, Math.round(value(point)));
    switch (kind) {
      case PRODUCED -> counts.produced(count);
      case EXPORTED -> counts.exported(isOfSpans(labels) ? count : 0);
      case KEPT -> counts.kept(name(labels.get(RecorderMetric.REASON)), count);
      case LOST -> counts.lost(name(labels.get(RecorderMetric.STAGE)), count, now);
      case SHED -> shed(process, counts, labels, point, now);
      case HORIZON -> counts.horizon(Math.max(0, value(point)));
    }
  }

  private static boolean isOfSpans(Labels labels) {
    return labels.get(RecorderMetric.SIGNAL).equals(RecorderMetric.SPANS);
  }

  private void shed(
      ProcessKey process, ProcessCounts counts, Labels labels, NumberDataPoint point, Instant now) {
    long count = Math.round(value(point));
    int threshold = threshold(labels.get(RecorderMetric.THRESHOLD));
    Instant from = instant(point.getStartTimeUnixNano());
    Instant to = instant(point.getTimeUnixNano());
    if (count <= 0 || threshold < 0 || to.isBefore(from)) {
      return;
    }
    ShedRange range =
        new ShedRange(process.process(), process.service(), from, to, threshold, count);
    shed.add(range);
    counts.shed(count, range.share(), now);
  }

  /** -1 for what is none. */
  private static int threshold(String text) {
    try {
      int threshold = Integer.parseInt(text);
      return threshold < TraceHash.END ? threshold : -1;
    } catch (NumberFormatException e) {
      return -1;
    }
  }

  private static double value(NumberDataPoint point) {
    return point.hasAsInt() ? point.getAsInt() : point.getAsDouble();
  }

  private static Instant instant(long epochNanos) {
    long seconds = TimeUnit.NANOSECONDS.toSeconds(epochNanos);
    return Instant.ofEpochSecond(seconds, epochNanos - TimeUnit.SECONDS.toNanos(seconds));
  }

  private static ProcessKey process(Labels resource) {
    return new ProcessKey(
        name(resource.first("clearspan.process.id", "process.pid")),
        name(resource.get("service.name")),
        name(resource.get("service.instance.id")));
  }

  private static String name(String text) {
    return text.length() <= MAX_NAME ? text : text.substring(0, MAX_NAME);
  }
}
