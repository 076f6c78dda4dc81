package dev.clearspan.tracing.internal.metric;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.LongStream;

/** What a histogram held at one moment. Immutable. */
final class HistogramCounts {
  private final Buckets scale;
  private final long[] buckets;
  private final long sum;

  private HistogramCounts(Buckets scale, long[] buckets, long sum) {
    this.scale = scale;
    this.buckets = buckets;
    this.sum = sum;
  }

  /** From the cells of a series: its sum, then its buckets. */
  static HistogramCounts of(Buckets scale, long[] cells) {
    return new HistogramCounts(scale, Arrays.copyOfRange(cells, 1, 1 + scale.count()), cells[0]);
  }

  long count() {
    return LongStream.of(buckets).sum();
  }

  /** In the unit of the metric. */
  double sum() {
    return scale.told(sum);
  }

  List<Double> bounds() {
    return scale.bounds();
  }

  List<Long> buckets() {
    List<Long> boxed = new ArrayList<>(buckets.length);
    for (long bucket : buckets) {
      boxed.add(bucket);
    }
    return boxed;
  }

  HistogramCounts minus(HistogramCounts earlier) {
    long[] difference = new long[buckets.length];
    for (int i = 0; i < buckets.length; i++) {
      difference[i] = buckets[i] - earlier.buckets[i];
    }
    return new HistogramCounts(scale, difference, sum - earlier.sum);
  }
}
