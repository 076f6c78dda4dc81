package dev.clearspan.tracing.internal.metric;

import dev.clearspan.tracing.semconv.Instrument;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.sdk.metrics.data.AggregationTemporality;
import io.opentelemetry.sdk.metrics.data.DoublePointData;
import io.opentelemetry.sdk.metrics.data.HistogramPointData;
import io.opentelemetry.sdk.metrics.data.MetricData;
import io.opentelemetry.sdk.resources.Resource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * All metrics at one moment, as running totals.
 *
 * @param histograms durations and sizes
 * @param numbers counters and states
 */
record Reading(List<Histograms> histograms, List<Numbers> numbers) {
  static final Reading EMPTY = new Reading(List.of(), List.of());

  Reading {
    histograms = List.copyOf(histograms);
    numbers = List.copyOf(numbers);
  }

  /** In OpenTelemetry's form, cumulative. */
  List<MetricData> totals(Resource resource, Points points) {
    List<MetricData> metrics = new ArrayList<>();
    histograms.forEach(each -> metrics.add(each.total(resource, points)));
    numbers.forEach(each -> metrics.add(each.total(resource, points)));
    return metrics;
  }

  /** The series of one histogram. */
  record Histograms(Instrument instrument, Map<Attributes, Histogram> points) {
    private MetricData total(Resource resource, Points time) {
      List<HistogramPointData> data = new ArrayList<>();
      points.forEach(
          (key, histogram) ->
              data.add(time.histogram(key, histogram.counts(), histogram.exemplars())));
      return EngineMetric.histogram(resource, instrument, AggregationTemporality.CUMULATIVE, data);
    }
  }

  /** One of them. */
  record Histogram(HistogramCounts counts, List<KeptExemplars.Exemplar> exemplars) {
    /** What came after an earlier reading; null: everything. */
    HistogramCounts since(@Nullable Histogram earlier) {
      return earlier == null ? counts : counts.minus(earlier.counts);
    }
  }

  /** The series of one counter or state. */
  record Numbers(Instrument instrument, Kind kind, Map<Attributes, Double> points) {
    private MetricData total(Resource resource, Points time) {
      List<DoublePointData> data = new ArrayList<>();
      points.forEach((key, value) -> data.add(time.number(key, value)));
      return EngineMetric.number(
          resource, instrument, kind, AggregationTemporality.CUMULATIVE, data);
    }
  }

  /** What a number means. */
  enum Kind {
    /** A running total. */
    COUNTER,
    /** A state. */
    GAUGE
  }
}
