package dev.clearspan.benchmarks;

import java.util.Arrays;
import java.util.concurrent.atomic.AtomicInteger;

/** The last {@value #MOST} latencies of a run. Thread-safe but for reading while others add. */
final class Latencies {
  private static final int MOST = 1 << 17;

  private final long[] nanos = new long[MOST];
  private final AtomicInteger added = new AtomicInteger();

  void add(long latencyNanos) {
    nanos[added.getAndIncrement() & (MOST - 1)] = latencyNanos;
  }

  /** The latencies in ascending order. */
  long[] sorted() {
    int count = added.get();
    long[] seen = Arrays.copyOf(nanos, count < 0 ? MOST : Math.min(MOST, count));
    Arrays.sort(seen);
    return seen;
  }

  static long at(long[] sorted, double share) {
    return sorted.length == 0 ? 0 : sorted[(int) (share * (sorted.length - 1))];
  }
}
