package dev.clearspan.console.metric;

import dev.clearspan.console.intake.MetricSink;
import dev.clearspan.console.metric.CumulativeStreams.ProcessKey;
import io.opentelemetry.proto.metrics.v1.DataPointFlags;
import io.opentelemetry.proto.metrics.v1.ExponentialHistogramDataPoint;
import io.opentelemetry.proto.metrics.v1.HistogramDataPoint;
import io.opentelemetry.proto.metrics.v1.Metric;
import io.opentelemetry.proto.metrics.v1.ResourceMetrics;
import io.opentelemetry.proto.metrics.v1.ScopeMetrics;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;

/**
 * Turns OTLP histograms of calls, delta or cumulative, into {@link CallAggregates}. Other metrics
 * are ignored. Thread-safe.
 *
 * <p>A point counts at the moment it arrives, so that a sender's wrong clock does not hide its
 * calls; only one that is more than 30 s late, sent again after an outage, counts at its own time.
 */
public final class MetricIntake implements MetricSink {
  private static final int MAX_STREAMS = 20_000;
  private static final int MAX_NAME = 512;
  private static final long LATE_MILLIS = 30_000;

  private final CallAggregates aggregates;
  private final InstantSource clock;
  private final CumulativeStreams streams;

  public MetricIntake(CallAggregates aggregates, InstantSource clock) {
    this.aggregates = aggregates;
    this.clock = clock;
    this.streams = new CumulativeStreams(clock.millis(), MAX_STREAMS);
  }

  @Override
  public Outcome accept(List<ResourceMetrics> metrics) {
    Batch batch = new Batch(clock.millis());
    for (ResourceMetrics resource : metrics) {
      batch.resource(resource);
    }
    return new Outcome(batch.points, batch.rejected, batch.reason);
  }

  /** One request being applied. */
  private final class Batch {
    private final long nowMillis;
    private int points;
    private int rejected;
    private String reason = "";

    Batch(long nowMillis) {
      this.nowMillis = nowMillis;
    }

    void resource(ResourceMetrics metrics) {
      Labels resource = new Labels(metrics.getResource().getAttributesList());
      CumulativeStreams.Export export =
          streams.export(
              new ProcessKey(
                  resource.get("service.name"),
                  resource.get("service.instance.id"),
                  resource.first("clearspan.process.id", "process.pid")),
              nowMillis);
      for (ScopeMetrics scope : metrics.getScopeMetricsList()) {
        for (Metric metric : scope.getMetricsList()) {
          metric(metric, resource, export);
        }
      }
    }

    private void metric(Metric metric, Labels resource, CumulativeStreams.Export export) {
      Optional<CallMetric> known = CallMetric.named(metric.getName());
      if (known.isEmpty()) {
        points += pointsOf(metric);
        return;
      }
      for (HistogramDataPoint point : metric.getHistogram().getDataPointsList()) {
        if (hasValue(point.getFlags())) {
          point(
              metric,
              known.get(),
              resource,
              export,
              () -> DurationPoint.of(metric.getHistogram(), point, metric.getUnit()));
        }
      }
      for (ExponentialHistogramDataPoint point :
          metric.getExponentialHistogram().getDataPointsList()) {
        if (hasValue(point.getFlags())) {
          point(
              metric,
              known.get(),
              resource,
              export,
              () -> DurationPoint.of(metric.getExponentialHistogram(), point, metric.getUnit()));
        }
      }
    }

    private void point(
        Metric metric,
        CallMetric kind,
        Labels resource,
        CumulativeStreams.Export export,
        PointReader reader) {
      points++;
      try {
        DurationPoint point = export.added(metric.getName(), reader.read());
        count(kind, resource, point);
      } catch (UnusablePointException e) {
        rejected++;
        reason = metric.getName() + ": " + e.getMessage();
      }
    }

    private void count(CallMetric kind, Labels resource, DurationPoint point)
        throws UnusablePointException {
      if (point.durations().count() == 0) {
        return;
      }
      Labels labels = new Labels(point.attributes());
      SeriesKey key = checked(kind.key(resource, labels));
      boolean added =
          aggregates.add(
              key, moment(point.endNanos()), point.durations(), CallMetric.ending(labels));
      if (!added) {
        throw new UnusablePointException(
            "too many series (expected: fewer callers, methods and instances)");
      }
    }

    private long moment(long endNanos) throws UnusablePointException {
      long endMillis = endNanos / 1_000_000;
      long lag = nowMillis - endMillis;
      if (endNanos <= 0 || lag < LATE_MILLIS) {
        return nowMillis;
      }
      if (lag > CallAggregates.REACH.toMillis()) {
        throw new UnusablePointException(
            "a point " + lag / 1000 + " s old (expected: at most 15 min)");
      }
      return endMillis;
    }
  }

  private static SeriesKey checked(SeriesKey key) throws UnusablePointException {
    if (key.service().isEmpty()) {
      throw new UnusablePointException(
          "no server.address or service.name (expected: the called service)");
    }
    for (String name : List.of(key.caller(), key.service(), key.method(), key.instance())) {
      if (name.length() > MAX_NAME) {
        throw new UnusablePointException(
            "a name of " + name.length() + " characters (expected: at most " + MAX_NAME + ")");
      }
    }
    return key;
  }

  private static boolean hasValue(int flags) {
    return (flags & DataPointFlags.DATA_POINT_FLAGS_NO_RECORDED_VALUE_MASK_VALUE) == 0;
  }

  private static int pointsOf(Metric metric) {
    return metric.getHistogram().getDataPointsCount()
        + metric.getExponentialHistogram().getDataPointsCount()
        + metric.getSum().getDataPointsCount()
        + metric.getGauge().getDataPointsCount()
        + metric.getSummary().getDataPointsCount();
  }

  @FunctionalInterface
  private interface PointReader {
    DurationPoint read() throws UnusablePointException;
  }
}
