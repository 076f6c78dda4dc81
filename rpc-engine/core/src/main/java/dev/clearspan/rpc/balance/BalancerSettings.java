package dev.clearspan.rpc.balance;

import java.time.Duration;

/**
 * How endpoints are picked.
 *
 * @param algorithm which balancer
 * @param slowStart time over which a new endpoint's weight rises from 10% to 100%; zero: off
 * @param hash what {@link Algorithm#CONSISTENT_HASH} goes by
 * @param zone whether near endpoints come first
 * @param subset endpoints that one client uses; 0: all
 * @param adaptive whether weights follow reported load
 */
public record BalancerSettings(
    Algorithm algorithm,
    Duration slowStart,
    Hash hash,
    Zone zone,
    int subset,
    AdaptiveSettings adaptive) {
  public static final BalancerSettings DEFAULT =
      new BalancerSettings(
          Algorithm.P2C_PEAK_EWMA,
          Duration.ofSeconds(10),
          Hash.DEFAULT,
          Zone.DEFAULT,
          0,
          AdaptiveSettings.DEFAULT);

  /** The balancers there are. */
  public enum Algorithm {
    /** {@link P2cPeakEwma}: shares follow weights among equals, and leave slow endpoints. */
    P2C_PEAK_EWMA(true),
    /** {@link SmoothWeightedRoundRobin}: shares follow weights exactly. */
    SMOOTH_WEIGHTED_ROUND_ROBIN(true),
    /** {@link WeightedRandom}: shares follow weights in the long run. */
    WEIGHTED_RANDOM(true),
    /** {@link SmoothWeightedRoundRobin} over equal weights. */
    ROUND_ROBIN(false),
    /** {@link WeightedRandom} over equal weights. */
    RANDOM(false),
    /** {@link LeastActive}: to the one with the fewest calls for its weight. */
    LEAST_ACTIVE(true),
    /** {@link ConsistentHash}: the same key to the same endpoint. */
    CONSISTENT_HASH(true);

    private final boolean weighted;

    Algorithm(boolean weighted) {
      this.weighted = weighted;
    }

    /** Whether weights above 0 make a difference to it. */
    public boolean isWeighted() {
      return weighted;
    }

    /** Whether it measures load itself, so that reported load would count twice. */
    public boolean isMeasuring() {
      return this == P2C_PEAK_EWMA;
    }
  }

  /**
   * What a consistent hash goes by.
   *
   * @param key the metadata key whose value is hashed; empty: none
   * @param bound calls outstanding that an endpoint takes, as a multiple of its share
   */
  public record Hash(String key, double bound) {
    public static final Hash DEFAULT = new Hash("", 1.25);
  }

  /**
   * Whether near endpoints come first.
   *
   * @param preferred whether they do
   * @param minimum share of the zone's endpoints that must be usable for it to take all calls
   */
  public record Zone(boolean preferred, double minimum) {
    public static final Zone DEFAULT = new Zone(false, 0.7);
  }

  public BalancerSettings withAlgorithm(Algorithm value) {
    return new BalancerSettings(value, slowStart, hash, zone, subset, adaptive);
  }

  public BalancerSettings withSlowStart(Duration value) {
    return new BalancerSettings(algorithm, value, hash, zone, subset, adaptive);
  }

  public BalancerSettings withHash(Hash value) {
    return new BalancerSettings(algorithm, slowStart, value, zone, subset, adaptive);
  }

  public BalancerSettings withZone(Zone value) {
    return new BalancerSettings(algorithm, slowStart, hash, value, subset, adaptive);
  }

  public BalancerSettings withSubset(int value) {
    return new BalancerSettings(algorithm, slowStart, hash, zone, value, adaptive);
  }

  public BalancerSettings withAdaptive(AdaptiveSettings value) {
    return new BalancerSettings(algorithm, slowStart, hash, zone, subset, value);
  }
}
