package dev.clearspan.rpc.balance;

import dev.clearspan.rpc.time.Ticker;
import java.util.function.LongSupplier;
import java.util.random.RandomGenerator;

/** Makes the balancers of one channel. Thread-safe. */
public final class Balancers {
  private final Continuity continuity;
  private final LongSupplier outstanding;
  private final Ticker ticker;
  private final RandomGenerator random;

  /** {@code outstanding} counts the calls of the channel that are under way. */
  public Balancers(
      Continuity continuity, LongSupplier outstanding, Ticker ticker, RandomGenerator random) {
    this.continuity = continuity;
    this.outstanding = outstanding;
    this.ticker = ticker;
    this.random = random;
  }

  /** The balancer that the settings ask for. */
  public Balancer of(BalancerSettings settings, Field field) {
    double[] weights = field.weights();
    return switch (settings.algorithm()) {
      case P2C_PEAK_EWMA -> new P2cPeakEwma(weights, field.loads(), ticker, random);
      case SMOOTH_WEIGHTED_ROUND_ROBIN, ROUND_ROBIN ->
          new SmoothWeightedRoundRobin(weights, continuity.cursor());
      case WEIGHTED_RANDOM, RANDOM -> new WeightedRandom(weights, random);
      case LEAST_ACTIVE -> new LeastActive(weights, field.loads(), random);
      case CONSISTENT_HASH ->
          new ConsistentHash(
              continuity.ring(field.ids(), field.configured()),
              weights,
              field.loads(),
              settings.hash().bound(),
              outstanding,
              random);
    };
  }
}
