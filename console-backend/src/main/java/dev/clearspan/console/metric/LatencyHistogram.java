package dev.clearspan.console.metric;

import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Durations counted in buckets, immutable. The bounds are those of gRPC's A66 without its 0 (10 us
 * to 100 s), which Clearspan's exporters use too, so that their counts are taken over exactly.
 */
public final class LatencyHistogram {
  /** Upper bounds in seconds, inclusive; a last bucket takes all beyond. */
  static final double[] BOUNDS = {
    0.00001, 0.00005, 0.0001, 0.0003, 0.0006, 0.0008, 0.001, 0.002, 0.003, 0.004, 0.005, 0.006,
    0.008, 0.01, 0.013, 0.016, 0.02, 0.025, 0.03, 0.04, 0.05, 0.065, 0.08, 0.1, 0.13, 0.16, 0.2,
    0.25, 0.3, 0.4, 0.5, 0.65, 0.8, 1, 2, 5, 10, 20, 50, 100
  };

  static final int BUCKETS = BOUNDS.length + 1;
  public static final LatencyHistogram EMPTY = new LatencyHistogram(new long[BUCKETS]);

  private final long[] counts;
  private final long total;

  private LatencyHistogram(long[] counts) {
    this.counts = counts;
    this.total = Arrays.stream(counts).sum();
  }

  /** Takes over the counts, one per bucket, without copying. */
  static LatencyHistogram of(long[] counts) {
    return new LatencyHistogram(counts);
  }

  /** The counts, one per bucket; not to be changed. */
  long[] counts() {
    return counts;
  }

  public long count() {
    return total;
  }

  public LatencyHistogram plus(LatencyHistogram other) {
    long[] sum = counts.clone();
    for (int i = 0; i < BUCKETS; i++) {
      sum[i] += other.counts[i];
    }
    return new LatencyHistogram(sum);
  }

  /**
   * What was counted since an earlier state of the same histogram, or empty if this is no later
   * one.
   */
  Optional<LatencyHistogram> since(LatencyHistogram earlier) {
    long[] added = counts.clone();
    for (int i = 0; i < BUCKETS; i++) {
      added[i] -= earlier.counts[i];
      if (added[i] < 0) {
        return Optional.empty();
      }
    }
    return Optional.of(new LatencyHistogram(added));
  }

  /**
   * The duration below which this share of all lies, in milliseconds, assuming an even spread
   * within a bucket; never further off than the bucket is wide. Beyond the last bound it is that
   * bound (100 s).
   *
   * @param share 0..1
   * @return null when nothing was counted
   */
  public @Nullable Double quantileMillis(double share) {
    if (total == 0) {
      return null;
    }
    double rank = share * total;
    long below = 0;
    for (int i = 0; i < BOUNDS.length; i++) {
      if (below + counts[i] >= rank && counts[i] > 0) {
        double lower = i == 0 ? 0 : BOUNDS[i - 1];
        return 1000 * (lower + (BOUNDS[i] - lower) * Math.max(0, rank - below) / counts[i]);
      }
      below += counts[i];
    }
    return 1000 * BOUNDS[BOUNDS.length - 1];
  }

  /**
   * How many took longer than this: those in buckets beyond it surely, those in its own perhaps.
   */
  public Above above(Duration limit) {
    double seconds = limit.toNanos() / 1e9;
    int at = bucketOf(seconds);
    long beyond = 0;
    for (int i = at + 1; i < BUCKETS; i++) {
      beyond += counts[i];
    }
    boolean exact = at < BOUNDS.length && BOUNDS[at] == seconds;
    return new Above(beyond, exact ? beyond : beyond + counts[at]);
  }

  /**
   * How many took longer than some limit.
   *
   * @param atLeast those that surely did
   * @param atMost with those whose bucket the limit lies in
   */
  public record Above(long atLeast, long atMost) {}

  /** The bucket that counts this duration. */
  static int bucketOf(double seconds) {
    int at = Arrays.binarySearch(BOUNDS, seconds);
    return at >= 0 ? at : -at - 1;
  }
}
