package dev.clearspan.tracing.internal.metric;

import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.sdk.metrics.data.DoubleExemplarData;
import io.opentelemetry.sdk.metrics.data.DoublePointData;
import io.opentelemetry.sdk.metrics.data.HistogramPointData;
import java.util.List;

/**
 * The time a set of points covers.
 *
 * @param startEpochNanos exclusive
 * @param endEpochNanos inclusive
 */
record Points(long startEpochNanos, long endEpochNanos) {
  HistogramPointData histogram(
      Attributes attributes, HistogramCounts counts, List<KeptExemplars.Exemplar> exemplars) {
    HistogramPointData point =
        HistogramPointData.create(
            startEpochNanos,
            endEpochNanos,
            attributes,
            counts.sum(),
            false,
            0,
            false,
            0,
            counts.bounds(),
            counts.buckets());
    List<DoubleExemplarData> kept = KeptExemplars.data(exemplars, startEpochNanos);
    return kept.isEmpty() ? point : new ExemplifiedPoint(point, kept);
  }

  DoublePointData number(Attributes attributes, double value) {
    return DoublePointData.create(startEpochNanos, endEpochNanos, attributes, value, List.of());
  }
}
