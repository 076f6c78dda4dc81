package dev.clearspan.rpc.balance;

import java.util.List;

/**
 * What each of a client's instances counts under one balancer's settings. Immutable, as long as
 * nobody writes to the arrays.
 *
 * @param configured as people and the registry have set them, by position
 * @param inForce the same, times what moves by itself
 */
public record Weights(double[] configured, double[] inForce) {
  /** What each instance counts for an algorithm that knows no weights. */
  private static final double EQUAL = 100;

  /**
   * An instance that may take calls.
   *
   * @param weight what an operator set, else what it registered
   * @param share the part of it that is this client's, above 0, at most 1
   * @param movement the factor of slow start and reported load; 1: none
   * @param zone where it is; empty: not told
   */
  public record Candidate(double weight, double share, double movement, String zone) {}

  /**
   * Weighs.
   *
   * @param zone the client's own; empty: none
   * @param inZone instances registered in that zone, those that may take no calls included
   */
  public static Weights of(
      BalancerSettings settings, List<Candidate> candidates, String zone, int inZone) {
    boolean weighted = settings.algorithm().isWeighted();
    double[] configured = new double[candidates.size()];
    double[] inForce = new double[configured.length];
    boolean[] near = new boolean[configured.length];
    for (int i = 0; i < configured.length; i++) {
      Candidate each = candidates.get(i);
      double weight = weighted ? each.weight() : Math.signum(each.weight()) * EQUAL;
      configured[i] = weight * each.share();
      inForce[i] = configured[i] * (weighted ? each.movement() : 1);
      near[i] = each.zone().equals(zone);
    }
    if (settings.zone().preferred() && !zone.isEmpty()) {
      ZoneSplit split = new ZoneSplit(near, inZone, settings.zone().minimum());
      split.apply(configured);
      split.apply(inForce);
    }
    return new Weights(configured, inForce);
  }
}
