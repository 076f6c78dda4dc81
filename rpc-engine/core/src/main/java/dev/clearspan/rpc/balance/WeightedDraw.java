package dev.clearspan.rpc.balance;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.random.RandomGenerator;

/**
 * Draws positions at random by weight in O(1): Vose's alias method ("A Linear Algorithm for
 * Generating Random Numbers with a Given Distribution", 1991). Immutable.
 */
final class WeightedDraw {
  private final double[] shares;
  private final double[] keep;
  private final int[] alias;

  WeightedDraw(double[] weights) {
    this.shares = Balancer.normalized(weights);
    this.keep = new double[shares.length];
    this.alias = new int[shares.length];
    fill();
  }

  int next(RandomGenerator random) {
    if (keep.length == 1) {
      return 0;
    }
    int column = random.nextInt(keep.length);
    return random.nextDouble() < keep[column] ? column : alias[column];
  }

  double share(int index) {
    return shares[index];
  }

  private void fill() {
    double[] scaled = new double[shares.length];
    Deque<Integer> small = new ArrayDeque<>();
    Deque<Integer> large = new ArrayDeque<>();
    for (int i = 0; i < scaled.length; i++) {
      scaled[i] = shares[i] * scaled.length;
      (scaled[i] < 1 ? small : large).push(i);
    }
    while (!small.isEmpty() && !large.isEmpty()) {
      int less = small.pop();
      int more = large.pop();
      keep[less] = scaled[less];
      alias[less] = more;
      scaled[more] -= 1 - scaled[less];
      (scaled[more] < 1 ? small : large).push(more);
    }
    // What is left differs from 1 by rounding only.
    large.forEach(i -> keep[i] = 1);
    small.forEach(i -> keep[i] = shares[i] == 0 ? 0 : 1);
  }
}
