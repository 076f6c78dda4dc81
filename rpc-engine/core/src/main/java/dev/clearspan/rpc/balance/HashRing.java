package dev.clearspan.rpc.balance;

import java.util.Arrays;
import java.util.List;

/**
 * Positions on a circle, each at as many places as its weight, so that each takes its share of the
 * keys, and one that leaves gives its keys to its many neighbours and moves no others. After Karger
 * et al., "Consistent Hashing and Random Trees" (1997). A lookup is one read in a table of where to
 * begin, and a step or two. At most {@value #MOST_POINTS} places, and one for each position.
 * Immutable.
 */
final class HashRing {
  private static final int POINTS_EACH = 512;
  private static final int MOST_POINTS = 65_536;

  /** Low bits of a point say whose it is; up to a million positions. */
  private static final int POSITION_BITS = 20;

  private static final long POSITION = (1 << POSITION_BITS) - 1;
  private static final long GOLDEN_GAMMA = 0x9e3779b97f4a7c15L;

  private final List<String> ids;
  private final double[] weights;
  private final long[] points;
  private final int[] starts;
  private final int startShift;

  /** A ring of these positions; weight 0 has no place on it. */
  HashRing(List<String> ids, double[] weights) {
    this.ids = List.copyOf(ids);
    this.weights = weights.clone();
    this.points = points();
    int bits = 32 - Integer.numberOfLeadingZeros(points.length);
    this.startShift = 63 - bits;
    this.starts = starts(1 << bits);
  }

  boolean isOf(List<String> otherIds, double[] otherWeights) {
    return ids.equals(otherIds) && Arrays.equals(weights, otherWeights);
  }

  /** How many places there are. */
  int length() {
    return points.length;
  }

  /** The place from which on the key's positions stand, the first choice first. */
  int find(long keyHash) {
    long key = keyHash >>> 1;
    int place = starts[(int) (key >>> startShift)];
    while (place < points.length && points[place] < key) {
      place++;
    }
    return place;
  }

  /** Who stands at a place; counts round. */
  int at(int place) {
    return (int) (points[place < points.length ? place : place % points.length] & POSITION);
  }

  private long[] points() {
    double[] shares = Balancer.normalized(weights);
    double each = pointsPerShare(shares);
    int[] counts = Arrays.stream(shares).mapToInt(share -> count(share * each)).toArray();
    long[] all = new long[Arrays.stream(counts).sum()];
    int next = 0;
    for (int position = 0; position < counts.length; position++) {
      long seed = KeyHash.of(ids.get(position));
      for (int i = 0; i < counts[position]; i++) {
        long hash = KeyHash.mixed(seed + i * GOLDEN_GAMMA) >>> 1;
        all[next++] = (hash & ~POSITION) | position;
      }
    }
    Arrays.sort(all);
    return all;
  }

  /**
   * In steps of a factor of two of the mean weight, so that one that leaves does not change how
   * many places the others have.
   */
  private double pointsPerShare(double[] shares) {
    double sum = Arrays.stream(weights).sum();
    long weighted = Arrays.stream(shares).filter(share -> share > 0).count();
    double each = Math.min(POINTS_EACH, (double) MOST_POINTS / Math.max(1, weighted));
    if (sum == 0) {
      return each * weighted;
    }
    double step = Math.pow(2, Math.rint(Math.log(sum / weighted) / Math.log(2)));
    return each * sum / step;
  }

  private static int count(double points) {
    return points == 0 ? 0 : Math.max(1, (int) Math.round(points));
  }

  private int[] starts(int size) {
    int[] table = new int[size];
    int place = 0;
    for (int bucket = 0; bucket < size; bucket++) {
      while (place < points.length && points[place] >>> startShift < bucket) {
        place++;
      }
      table[bucket] = place;
    }
    return table;
  }
}
