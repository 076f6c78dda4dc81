package dev.clearspan.console.metric;

import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.metrics.v1.AggregationTemporality;
import io.opentelemetry.proto.metrics.v1.ExponentialHistogram;
import io.opentelemetry.proto.metrics.v1.ExponentialHistogramDataPoint;
import io.opentelemetry.proto.metrics.v1.Histogram;
import io.opentelemetry.proto.metrics.v1.HistogramDataPoint;
import java.util.Arrays;
import java.util.List;

/**
 * One point of a duration histogram, its counts moved to the buckets of {@link LatencyHistogram}.
 * With those very bounds nothing is lost; a bucket of other bounds is counted where its middle
 * lies.
 *
 * @param startNanos since when it counts, since the epoch
 * @param endNanos until when, since the epoch
 */
record DurationPoint(
    List<KeyValue> attributes,
    long startNanos,
    long endNanos,
    boolean cumulative,
    LatencyHistogram durations) {

  private static final double TO_SECONDS_FROM_MILLIS = 0.001;

  static DurationPoint of(Histogram histogram, HistogramDataPoint point, String unit)
      throws UnusablePointException {
    double[] bounds = bounds(point, scale(unit));
    long[] counts = new long[LatencyHistogram.BUCKETS];
    if (point.getBucketCountsCount() != bounds.length + 1) {
      throw new UnusablePointException(
          point.getBucketCountsCount()
              + " bucket counts (expected: "
              + (bounds.length + 1)
              + ", one more than bounds)");
    }
    boolean same = Arrays.equals(bounds, LatencyHistogram.BOUNDS);
    for (int i = 0; i <= bounds.length; i++) {
      long count = natural(point.getBucketCounts(i));
      counts[same ? i : LatencyHistogram.bucketOf(middle(bounds, i))] += count;
    }
    return checked(
        new DurationPoint(
            point.getAttributesList(),
            point.getStartTimeUnixNano(),
            point.getTimeUnixNano(),
            cumulative(histogram.getAggregationTemporality()),
            LatencyHistogram.of(counts)),
        point.getCount());
  }

  static DurationPoint of(
      ExponentialHistogram histogram, ExponentialHistogramDataPoint point, String unit)
      throws UnusablePointException {
    if (point.getNegative().getBucketCountsList().stream().anyMatch(count -> count != 0)) {
      throw new UnusablePointException("negative durations (expected: >= 0)");
    }
    double scale = scale(unit);
    long[] counts = new long[LatencyHistogram.BUCKETS];
    counts[0] = natural(point.getZeroCount());
    double exponentPerBucket = Math.pow(2, -point.getScale());
    for (int i = 0; i < point.getPositive().getBucketCountsCount(); i++) {
      long count = natural(point.getPositive().getBucketCounts(i));
      double middle = Math.pow(2, exponentPerBucket * (point.getPositive().getOffset() + i + 0.5));
      counts[LatencyHistogram.bucketOf(middle * scale)] += count;
    }
    return checked(
        new DurationPoint(
            point.getAttributesList(),
            point.getStartTimeUnixNano(),
            point.getTimeUnixNano(),
            cumulative(histogram.getAggregationTemporality()),
            LatencyHistogram.of(counts)),
        point.getCount());
  }

  DurationPoint with(LatencyHistogram newDurations) {
    return new DurationPoint(attributes, startNanos, endNanos, cumulative, newDurations);
  }

  private static DurationPoint checked(DurationPoint point, long declared)
      throws UnusablePointException {
    long total = point.durations.count();
    if (natural(declared) != total) {
      throw new UnusablePointException(
          "count " + declared + " (expected: " + total + ", the sum of its buckets)");
    }
    return point;
  }

  private static double[] bounds(HistogramDataPoint point, double scale)
      throws UnusablePointException {
    double[] bounds = new double[point.getExplicitBoundsCount()];
    for (int i = 0; i < bounds.length; i++) {
      // Multiplying by one keeps the exporter's own bounds bit for bit.
      bounds[i] = point.getExplicitBounds(i) * scale;
      if (Double.isNaN(bounds[i]) || (i > 0 && bounds[i] <= bounds[i - 1])) {
        throw new UnusablePointException("bound " + bounds[i] + " (expected: growing bounds)");
      }
    }
    return bounds;
  }

  private static double middle(double[] bounds, int bucket) {
    if (bounds.length == 0) {
      return 0;
    }
    if (bucket == bounds.length) {
      return Math.nextUp(bounds[bucket - 1]);
    }
    double lower = bucket == 0 ? Math.min(0, bounds[0]) : bounds[bucket - 1];
    return (lower + bounds[bucket]) / 2;
  }

  private static long natural(long count) throws UnusablePointException {
    // 2^40 calls in one export are beyond any process, and keep all sums from overflowing.
    if (count < 0 || count > 1L << 40) {
      throw new UnusablePointException(
          "a count of " + Long.toUnsignedString(count) + " (expected: 0..2^40)");
    }
    return count;
  }

  private static double scale(String unit) {
    return unit.equals("ms") ? TO_SECONDS_FROM_MILLIS : 1;
  }

  private static boolean cumulative(AggregationTemporality temporality)
      throws UnusablePointException {
    return switch (temporality) {
      case AGGREGATION_TEMPORALITY_DELTA -> false;
      case AGGREGATION_TEMPORALITY_CUMULATIVE -> true;
      default -> throw new UnusablePointException("no temporality (expected: delta or cumulative)");
    };
  }
}
