package dev.clearspan.rpc.balance;

import java.util.random.RandomGenerator;

/**
 * Takes the endpoint with the fewest calls outstanding for its weight: of all while there are at
 * most {@value #SCANNED}, beyond that of {@value #SAMPLED} drawn by weight, which finds nearly the
 * same ("The Power of Two Choices") at a price that does not grow. Among equals, which all idle
 * ones are, the draw by weight decides.
 */
public final class LeastActive implements Balancer {
  static final int SCANNED = 32;
  private static final int SAMPLED = 4;

  private final WeightedDraw draw;
  private final LoadMeter[] loads;
  private final RandomGenerator random;

  /** A balancer over these weights and loads, which belong together by position. */
  public LeastActive(double[] weights, LoadMeter[] loads, RandomGenerator random) {
    this.draw = new WeightedDraw(weights);
    this.loads = loads.clone();
    this.random = random;
  }

  @Override
  public int pick(Filter filter) {
    int drawn = draw.next(filter, NONE, random);
    if (drawn == NONE || draw.share(drawn) == 0 || loads[drawn].outstanding() == 0) {
      return drawn;
    }
    return draw.size() <= SCANNED ? leastOfAll(drawn, filter) : leastOfSample(drawn, filter);
  }

  private int leastOfAll(int drawn, Filter filter) {
    int best = drawn;
    double least = active(drawn);
    double equals = draw.share(drawn);
    for (int place = 0; place < draw.size(); place++) {
      int index = draw.at(place);
      double active = active(index);
      if (active > least || index == drawn || !filter.admits(index)) {
        continue;
      }
      equals = active < least ? draw.share(index) : equals + draw.share(index);
      if (active < least || random.nextDouble() * equals < draw.share(index)) {
        best = index;
        least = active;
      }
    }
    return best;
  }

  private int leastOfSample(int drawn, Filter filter) {
    int best = drawn;
    double least = active(drawn);
    for (int i = 1; i < SAMPLED; i++) {
      int index = draw.next(random);
      double active = active(index);
      if (active < least && filter.admits(index)) {
        best = index;
        least = active;
      }
    }
    return best;
  }

  private double active(int index) {
    return loads[index].outstanding() / draw.share(index);
  }
}
