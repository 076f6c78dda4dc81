package dev.clearspan.rpc.balance;

import java.util.Random;

class WeightedRandomTest extends BalancerContract {
  @Override
  protected Balancer balancer(double... weights) {
    return new WeightedRandom(weights, new Random(42));
  }

  @Override
  protected double tolerance() {
    return 2;
  }
}
