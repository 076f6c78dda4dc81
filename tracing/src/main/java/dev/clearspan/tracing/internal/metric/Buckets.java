package dev.clearspan.tracing.internal.metric;

import java.util.List;
import java.util.stream.DoubleStream;

/**
 * The bounds of a histogram. A value belongs to the first bucket whose bound is not below it; what
 * is above the last bound has a bucket of its own. The bounds are those of gRPC's A66, without 0.
 *
 * <p>A bucket is found without searching: a table, indexed by the value's highest bit and the three
 * bits after it, says where to begin, and at most a few bounds are compared.
 */
enum Buckets {
  /** Nanoseconds, told as seconds, from 10 us to 100 s. */
  DURATION(
      1e9, 0.00001, 0.00005, 0.0001, 0.0003, 0.0006, 0.0008, 0.001, 0.002, 0.003, 0.004, 0.005,
      0.006, 0.008, 0.01, 0.013, 0.016, 0.02, 0.025, 0.03, 0.04, 0.05, 0.065, 0.08, 0.1, 0.13, 0.16,
      0.2, 0.25, 0.3, 0.4, 0.5, 0.65, 0.8, 1, 2, 5, 10, 20, 50, 100),

  /** Bytes, from 1 KiB to 1 GiB. */
  SIZE(
      1, 1 << 10, 1 << 11, 1 << 12, 1 << 14, 1 << 16, 1 << 18, 1 << 20, 1 << 22, 1 << 24, 1 << 26,
      1 << 28, 1 << 30);

  /** The most that any of them has. */
  static final int MOST = 41;

  private static final int FRACTION_BITS = 3;
  private static final int FRACTIONS = 1 << FRACTION_BITS;

  private final double unit;
  private final List<Double> bounds;
  private final long[] limits;
  private final byte[] firstCandidate = new byte[Long.SIZE * FRACTIONS];

  Buckets(double unit, double... bounds) {
    this.unit = unit;
    this.bounds = DoubleStream.of(bounds).boxed().toList();
    this.limits = DoubleStream.of(bounds).mapToLong(bound -> Math.round(bound * unit)).toArray();
    for (int slot = 0; slot < firstCandidate.length; slot++) {
      firstCandidate[slot] = (byte) search(least(slot));
    }
  }

  /** Upper bounds in the unit of the metric, inclusive. */
  List<Double> bounds() {
    return bounds;
  }

  int count() {
    return limits.length + 1;
  }

  /** A sum of values in the unit of the metric. */
  double told(long sum) {
    return sum / unit;
  }

  int indexOf(long value) {
    if (value <= limits[0]) {
      return 0;
    }
    int bucket = firstCandidate[slot(value)];
    while (bucket < limits.length && limits[bucket] < value) {
      bucket++;
    }
    return bucket;
  }

  /** Of a value of 8 or more: its highest bit and the three below it. */
  private static int slot(long value) {
    int highest = Long.SIZE - 1 - Long.numberOfLeadingZeros(value);
    return highest << FRACTION_BITS
        | ((int) (value >>> (highest - FRACTION_BITS)) & (FRACTIONS - 1));
  }

  private static long least(int slot) {
    int highest = slot >>> FRACTION_BITS;
    long fraction = slot & (FRACTIONS - 1);
    return highest < FRACTION_BITS ? 0 : 1L << highest | fraction << (highest - FRACTION_BITS);
  }

  private int search(long value) {
    int bucket = 0;
    while (bucket < limits.length && limits[bucket] < value) {
      bucket++;
    }
    return bucket;
  }
}
