package dev.clearspan.tracing.internal.metric;

import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.sdk.metrics.data.AggregationTemporality;
import io.opentelemetry.sdk.metrics.data.DoublePointData;
import io.opentelemetry.sdk.metrics.data.HistogramPointData;
import io.opentelemetry.sdk.metrics.data.MetricData;
import io.opentelemetry.sdk.resources.Resource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * What is new since the last delivered push. A push that was not delivered loses nothing: the next
 * one starts where the last delivered one ended. States go out when they change, and all of them
 * every 30 s, for a receiver that started later. Used by the pushing thread only.
 */
public final class DeltaView {
  private static final long FULL_EVERY_NANOS = TimeUnit.SECONDS.toNanos(30);

  private final MetricSource source;
  private final Resource resource;
  private Reading delivered = Reading.EMPTY;
  private long deliveredEpochNanos;
  private long fullEpochNanos;

  /**
   * A view that has delivered nothing yet.
   *
   * @param startEpochNanos when counting began
   */
  public DeltaView(MetricSource source, Resource resource, long startEpochNanos) {
    this.source = source;
    this.resource = resource;
    this.deliveredEpochNanos = startEpochNanos;
    this.fullEpochNanos = startEpochNanos - FULL_EVERY_NANOS;
  }

  /** A push that can be confirmed. */
  public final class Push {
    private final Reading reading;
    private final long epochNanos;
    private final boolean full;

    private Push(Reading reading, long epochNanos) {
      this.reading = reading;
      this.epochNanos = epochNanos;
      this.full = epochNanos - fullEpochNanos >= FULL_EVERY_NANOS;
    }

    /** Only series that changed. */
    public List<MetricData> metrics() {
      Points points = new Points(deliveredEpochNanos, epochNanos);
      List<MetricData> metrics = new ArrayList<>();
      addHistograms(metrics, points);
      addNumbers(metrics, points);
      return metrics;
    }

    /** The receiver has it: the next push tells what came after. */
    public void delivered() {
      delivered = reading;
      deliveredEpochNanos = epochNanos;
      fullEpochNanos = full ? epochNanos : fullEpochNanos;
    }

    private void addHistograms(List<MetricData> metrics, Points points) {
      Map<String, Map<Attributes, Reading.Histogram>> before = new HashMap<>();
      delivered.histograms().forEach(h -> before.put(h.instrument().name(), h.points()));
      for (Reading.Histograms histograms : reading.histograms()) {
        var earlier = before.getOrDefault(histograms.instrument().name(), Map.of());
        List<HistogramPointData> changed = new ArrayList<>();
        histograms
            .points()
            .forEach(
                (attributes, histogram) -> {
                  HistogramCounts delta = histogram.since(earlier.get(attributes));
                  if (delta.count() > 0) {
                    changed.add(points.histogram(attributes, delta, histogram.exemplars()));
                  }
                });
        if (!changed.isEmpty()) {
          metrics.add(
              EngineMetric.histogram(
                  resource, histograms.instrument(), AggregationTemporality.DELTA, changed));
        }
      }
    }

    private void addNumbers(List<MetricData> metrics, Points points) {
      Map<String, Map<Attributes, Double>> before = new HashMap<>();
      delivered.numbers().forEach(n -> before.put(n.instrument().name(), n.points()));
      for (Reading.Numbers numbers : reading.numbers()) {
        var earlier = before.getOrDefault(numbers.instrument().name(), Map.of());
        List<DoublePointData> changed =
            numbers.kind() == Reading.Kind.COUNTER
                ? increases(numbers, earlier, points)
                : changes(numbers, earlier, points);
        if (!changed.isEmpty()) {
          metrics.add(
              EngineMetric.number(
                  resource,
                  numbers.instrument(),
                  numbers.kind(),
                  AggregationTemporality.DELTA,
                  changed));
        }
      }
    }

    /** A total that fell belongs to a source that began anew: all of it is increase. */
    private static List<DoublePointData> increases(
        Reading.Numbers numbers, Map<Attributes, Double> earlier, Points points) {
      List<DoublePointData> changed = new ArrayList<>();
      numbers
          .points()
          .forEach(
              (attributes, total) -> {
                double last = earlier.getOrDefault(attributes, 0.0);
                double increase = total < last ? total : total - last;
                if (increase > 0) {
                  changed.add(points.number(attributes, increase));
                }
              });
      return changed;
    }

    private List<DoublePointData> changes(
        Reading.Numbers numbers, Map<Attributes, Double> earlier, Points points) {
      List<DoublePointData> changed = new ArrayList<>();
      numbers
          .points()
          .forEach(
              (attributes, value) -> {
                if (full || !value.equals(earlier.get(attributes))) {
                  changed.add(points.number(attributes, value));
                }
              });
      return changed;
    }
  }

  /** Reads what there is now. */
  public Push read(long nowEpochNanos) {
    return new Push(source.forPush(), nowEpochNanos);
  }
}
