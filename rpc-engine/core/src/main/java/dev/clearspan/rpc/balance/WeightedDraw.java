package dev.clearspan.rpc.balance;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;

/**
 * Draws positions at random by weight in O(1): Vose's alias method ("A Linear Algorithm for
 * Generating Random Numbers with a Given Distribution", 1991), one random number a draw. Immutable.
 */
final class WeightedDraw {
  /** Draws that may hit what is not admitted before all are looked at. */
  private static final int DRAWS = 8;

  private static final long LOW_HALF = 0xffffffffL;
  private static final double UNIT = 0x1p-32;

  private final double[] shares;

  /** The positions with a share: only they are columns of the alias table. */
  private final int[] drawn;

  private final double[] keep;
  private final int[] alias;

  WeightedDraw(double[] weights) {
    this.shares = Balancer.normalized(weights);
    this.drawn = IntStream.range(0, shares.length).filter(i -> shares[i] > 0).toArray();
    this.keep = new double[drawn.length];
    this.alias = new int[drawn.length];
    fill();
  }

  /** How many have a share. */
  int size() {
    return drawn.length;
  }

  /** The position at one of {@link #size} places. */
  int at(int place) {
    return drawn[place];
  }

  double share(int index) {
    return shares[index];
  }

  /** One draw, filter or not; there must be someone to draw. */
  int next(RandomGenerator random) {
    long bits = random.nextLong();
    int column = (int) ((bits >>> 32) * drawn.length >>> 32);
    return (bits & LOW_HALF) * UNIT < keep[column] ? drawn[column] : alias[column];
  }

  /**
   * Draws what is admitted, other than {@code but}. Who has no share is drawn only when nobody who
   * has one is left, {@code but} included.
   */
  int next(Balancer.Filter filter, int but, RandomGenerator random) {
    for (int i = 0; i < DRAWS && drawn.length > 0; i++) {
      int index = next(random);
      if (index != but && filter.admits(index)) {
        return index;
      }
    }
    return amongAdmitted(filter, but, random);
  }

  /** By weight in one pass. */
  private int amongAdmitted(Balancer.Filter filter, int but, RandomGenerator random) {
    int found = Balancer.NONE;
    double sum = 0;
    for (int index : drawn) {
      if (index != but && filter.admits(index)) {
        sum += shares[index];
        if (found == Balancer.NONE || random.nextDouble() * sum < shares[index]) {
          found = index;
        }
      }
    }
    boolean others = found != Balancer.NONE || but != Balancer.NONE && shares[but] > 0;
    return others ? found : firstWithoutShare(filter, but);
  }

  private int firstWithoutShare(Balancer.Filter filter, int but) {
    for (int i = 0; i < shares.length; i++) {
      if (shares[i] == 0 && i != but && filter.admits(i)) {
        return i;
      }
    }
    return Balancer.NONE;
  }

  private void fill() {
    double[] scaled = new double[drawn.length];
    Deque<Integer> small = new ArrayDeque<>();
    Deque<Integer> large = new ArrayDeque<>();
    for (int i = 0; i < scaled.length; i++) {
      scaled[i] = shares[drawn[i]] * scaled.length;
      (scaled[i] < 1 ? small : large).push(i);
    }
    while (!small.isEmpty() && !large.isEmpty()) {
      int less = small.pop();
      int more = large.pop();
      keep[less] = scaled[less];
      alias[less] = drawn[more];
      scaled[more] -= 1 - scaled[less];
      (scaled[more] < 1 ? small : large).push(more);
    }
    // What is left differs from 1 by rounding only.
    large.forEach(i -> keep[i] = 1);
    small.forEach(i -> keep[i] = 1);
  }
}
