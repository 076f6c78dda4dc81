package dev.clearspan.tracing.internal.metric;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;

/** What a histogram held at one moment. Immutable. */
final class HistogramCounts {
  static final HistogramCounts ZERO = new HistogramCounts(new long[LatencyHistogram.BUCKETS], 0);

  private final long[] buckets;
  private final long sumNanos;

  HistogramCounts(long[] buckets, long sumNanos) {
    this.buckets = buckets;
    this.sumNanos = sumNanos;
  }

  long count() {
    return LongStream.of(buckets).sum();
  }

  double sumSeconds() {
    return sumNanos / 1e9;
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
    return new HistogramCounts(difference, sumNanos - earlier.sumNanos);
  }
}
