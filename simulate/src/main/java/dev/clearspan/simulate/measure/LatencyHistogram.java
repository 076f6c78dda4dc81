package dev.clearspan.simulate.measure;

import java.util.Arrays;

/**
 * Latencies in buckets that are each 1/32 wider than what they begin with: a quantile is off by 3%
 * at most.
 */
public final class LatencyHistogram {
  private static final int BITS = 5;
  private static final int SUB = 1 << BITS;

  /** In units of 1,024 ns. */
  private static final int UNIT_SHIFT = 10;

  private int[] counts = new int[8 * SUB];
  private long total;

  void record(long nanos) {
    int index = index(nanos >>> UNIT_SHIFT);
    if (index >= counts.length) {
      counts = Arrays.copyOf(counts, index + SUB);
    }
    counts[index]++;
    total++;
  }

  void add(LatencyHistogram other) {
    if (other.counts.length > counts.length) {
      counts = Arrays.copyOf(counts, other.counts.length);
    }
    for (int i = 0; i < other.counts.length; i++) {
      counts[i] += other.counts[i];
    }
    total += other.total;
  }

  public long total() {
    return total;
  }

  /**
   * The latency, in milliseconds, that this share of calls does not exceed; 0 if there are none.
   */
  public double quantileMillis(double share) {
    long wanted = Math.max(1, (long) Math.ceil(share * total));
    long seen = 0;
    for (int i = 0; i < counts.length; i++) {
      seen += counts[i];
      if (seen >= wanted) {
        return (bound(i) << UNIT_SHIFT) / 1e6;
      }
    }
    return 0;
  }

  private static int index(long units) {
    if (units < SUB) {
      return (int) units;
    }
    int shift = 63 - Long.numberOfLeadingZeros(units) - BITS;
    return (shift + 1) * SUB + (int) (units >>> shift) - SUB;
  }

  /** The first value beyond the bucket. */
  private static long bound(int index) {
    if (index < SUB) {
      return index + 1;
    }
    int shift = index / SUB - 1;
    return (long) (index % SUB + SUB + 1) << shift;
  }
}
