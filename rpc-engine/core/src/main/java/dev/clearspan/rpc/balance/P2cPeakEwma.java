package dev.clearspan.rpc.balance;

import dev.clearspan.rpc.time.Ticker;
import java.util.random.RandomGenerator;

/**
 * Draws two different endpoints by weight and takes the one that costs less: peak-EWMA latency
 * times the calls it has outstanding (for its weight). Costs within a factor of {@value #EQUALS}
 * count as equal, and then the first one drawn is taken, so that among equals shares follow the
 * weights while slow endpoints are left at once. After Mitzenmacher, "The Power of Two Choices in
 * Randomized Load Balancing", and Finagle's peak EWMA.
 */
public final class P2cPeakEwma implements Balancer {
  private static final double EQUALS = 2;

  private final WeightedDraw draw;
  private final LoadMeter[] loads;
  private final Ticker ticker;
  private final RandomGenerator random;

  /** A balancer over these weights and loads, which belong together by position. */
  public P2cPeakEwma(double[] weights, LoadMeter[] loads, Ticker ticker, RandomGenerator random) {
    this.draw = new WeightedDraw(weights);
    this.loads = loads.clone();
    this.ticker = ticker;
    this.random = random;
  }

  @Override
  public int pick(Filter filter) {
    int first = draw.next(filter, NONE, random);
    if (first == NONE || draw.size() == 1) {
      return first;
    }
    int second = draw.next(filter, first, random);
    return second == NONE ? first : better(first, second);
  }

  private int better(int first, int second) {
    long now = ticker.nanos();
    return cost(second, now) * EQUALS < cost(first, now) ? second : first;
  }

  private double cost(int index, long now) {
    double share = draw.share(index) * loads.length;
    return loads[index].cost(now, share == 0 ? 1 : share);
  }
}
