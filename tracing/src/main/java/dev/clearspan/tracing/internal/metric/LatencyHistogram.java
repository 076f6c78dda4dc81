package dev.clearspan.tracing.internal.metric;

import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.stream.DoubleStream;

/**
 * Counts durations in fixed buckets. Any thread records; threads are spread over stripes, so that
 * they rarely write to the same cache line. A count is never lost: the number of recorded durations
 * is the sum of the buckets.
 *
 * <p>The bounds are those of gRPC's A66, without 0, because no call takes no time.
 */
final class LatencyHistogram {
  private static final double[] BOUNDS = {
    0.00001, 0.00005, 0.0001, 0.0003, 0.0006, 0.0008, 0.001, 0.002, 0.003, 0.004, 0.005, 0.006,
    0.008, 0.01, 0.013, 0.016, 0.02, 0.025, 0.03, 0.04, 0.05, 0.065, 0.08, 0.1, 0.13, 0.16, 0.2,
    0.25, 0.3, 0.4, 0.5, 0.65, 0.8, 1, 2, 5, 10, 20, 50, 100
  };

  /** Upper bounds in seconds, inclusive. */
  static final List<Double> BOUNDS_SECONDS = DoubleStream.of(BOUNDS).boxed().toList();

  private static final long[] BOUNDS_NANOS =
      DoubleStream.of(BOUNDS).mapToLong(seconds -> Math.round(seconds * 1e9)).toArray();

  static final int BUCKETS = BOUNDS.length + 1;
  private static final int SUM = BUCKETS;

  private static final int STRIPES =
      Integer.highestOneBit(Math.min(8, Runtime.getRuntime().availableProcessors()));

  private final AtomicReferenceArray<AtomicLongArray> stripes = new AtomicReferenceArray<>(STRIPES);

  void record(long nanos) {
    AtomicLongArray stripe = stripe();
    stripe.getAndIncrement(bucketOf(nanos));
    stripe.getAndAdd(SUM, Math.max(0, nanos));
  }

  HistogramCounts counts() {
    long[] buckets = new long[BUCKETS];
    long sumNanos = 0;
    for (int i = 0; i < STRIPES; i++) {
      AtomicLongArray stripe = stripes.get(i);
      if (stripe == null) {
        continue;
      }
      for (int bucket = 0; bucket < BUCKETS; bucket++) {
        buckets[bucket] += stripe.get(bucket);
      }
      sumNanos += stripe.get(SUM);
    }
    return new HistogramCounts(buckets, sumNanos);
  }

  private AtomicLongArray stripe() {
    int index = (int) Thread.currentThread().getId() & (STRIPES - 1);
    AtomicLongArray stripe = stripes.get(index);
    return stripe == null ? addStripe(index) : stripe;
  }

  private AtomicLongArray addStripe(int index) {
    AtomicLongArray fresh = new AtomicLongArray(BUCKETS + 1);
    AtomicLongArray raced = stripes.compareAndExchange(index, null, fresh);
    return raced == null ? fresh : raced;
  }

  private static int bucketOf(long nanos) {
    int found = Arrays.binarySearch(BOUNDS_NANOS, nanos);
    return found >= 0 ? found : -found - 1;
  }
}
