package dev.clearspan.rpc.balance;

import java.util.random.RandomGenerator;

/** Draws each endpoint independently of the last, by weight, in O(1). */
public final class WeightedRandom implements Balancer {
  private final WeightedDraw draw;
  private final RandomGenerator random;

  /** A balancer over these weights. */
  public WeightedRandom(double[] weights, RandomGenerator random) {
    this.draw = new WeightedDraw(weights);
    this.random = random;
  }

  @Override
  public int pick(Filter filter) {
    return draw.next(filter, NONE, random);
  }
}
