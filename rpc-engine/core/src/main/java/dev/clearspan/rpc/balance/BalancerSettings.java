package dev.clearspan.rpc.balance;

import java.time.Duration;

/**
 * How endpoints are picked.
 *
 * @param algorithm which balancer
 * @param slowStart time over which a new endpoint's weight rises from 10% to 100%; zero: off
 */
public record BalancerSettings(Algorithm algorithm, Duration slowStart) {
  public static final BalancerSettings DEFAULT =
      new BalancerSettings(Algorithm.P2C_PEAK_EWMA, Duration.ofSeconds(10));

  /** The balancers there are. */
  public enum Algorithm {
    /** {@link P2cPeakEwma}: shares follow weights among equals, and leave slow endpoints. */
    P2C_PEAK_EWMA,
    /** {@link SmoothWeightedRoundRobin}: shares follow weights exactly. */
    SMOOTH_WEIGHTED_ROUND_ROBIN
  }

  public BalancerSettings withAlgorithm(Algorithm value) {
    return new BalancerSettings(value, slowStart);
  }

  public BalancerSettings withSlowStart(Duration value) {
    return new BalancerSettings(algorithm, value);
  }
}
