package dev.clearspan.tracing.internal.metric;

import dev.clearspan.tracing.semconv.Instrument;
import io.opentelemetry.api.common.Attributes;
import java.util.List;
import java.util.Map;

/**
 * All metrics at one moment, as running totals.
 *
 * @param histograms durations
 * @param numbers counters and states
 */
record Reading(List<Histograms> histograms, List<Numbers> numbers) {
  static final Reading EMPTY = new Reading(List.of(), List.of());

  Reading {
    histograms = List.copyOf(histograms);
    numbers = List.copyOf(numbers);
  }

  /** The series of one histogram. */
  record Histograms(Instrument instrument, Map<Attributes, HistogramCounts> points) {}

  /** The series of one counter or state. */
  record Numbers(Instrument instrument, Kind kind, Map<Attributes, Double> points) {}

  /** What a number means. */
  enum Kind {
    /** A running total. */
    COUNTER,
    /** A state. */
    GAUGE
  }
}
