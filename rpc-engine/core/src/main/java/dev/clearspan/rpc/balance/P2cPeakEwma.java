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
  /** Draws that may hit what is not admitted before all are looked at. */
  private static final int DRAWS = 8;

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
    int first = draw(filter, NONE);
    if (first == NONE || loads.length == 1) {
      return first;
    }
    int second = draw(filter, first);
    return second == NONE ? first : better(first, second);
  }

  private int draw(Filter filter, int other) {
    for (int i = 0; i < DRAWS && loads.length > 0; i++) {
      int index = draw.next(random);
      if (index != other && filter.admits(index)) {
        return index;
      }
    }
    return drawAmongAdmitted(filter, other);
  }

  /** By weight in one pass; weight 0 takes part only when nothing else is admitted. */
  private int drawAmongAdmitted(Filter filter, int other) {
    int drawn = NONE;
    double sum = 0;
    for (int i = 0; i < loads.length; i++) {
      if (i != other && filter.admits(i)) {
        sum += draw.share(i);
        if (drawn == NONE || random.nextDouble() * sum < draw.share(i)) {
          drawn = i;
        }
      }
    }
    return drawn;
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
