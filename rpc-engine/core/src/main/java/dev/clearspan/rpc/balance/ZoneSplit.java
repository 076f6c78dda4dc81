package dev.clearspan.rpc.balance;

/**
 * How calls are split between the client's zone and the others. While enough of the zone's
 * instances are usable it takes them all; below that it takes so much less as it has fewer, and the
 * others take the rest. A weight of 0 is no ban: who has it takes calls that nobody in the zone can
 * take. As Envoy's priority levels do.
 */
final class ZoneSplit {
  private final boolean[] near;
  private final double nearShare;

  /**
   * A split.
   *
   * @param near which of the usable instances are in the zone
   * @param there instances in the zone, usable or not
   * @param minimum share of them from which on the zone takes all calls
   */
  ZoneSplit(boolean[] near, int there, double minimum) {
    this.near = near;
    int usable = 0;
    for (boolean each : near) {
      usable += each ? 1 : 0;
    }
    this.nearShare = usable == 0 ? 0 : Math.min(1, usable / (minimum * there));
  }

  /** Changes the weights of the far ones so that the near ones have their share. */
  void apply(double[] weights) {
    double nearSum = 0;
    double farSum = 0;
    for (int i = 0; i < weights.length; i++) {
      nearSum += near[i] ? weights[i] : 0;
      farSum += near[i] ? 0 : weights[i];
    }
    if (nearSum == 0 || farSum == 0) {
      return;
    }
    double factor = (1 - nearShare) / nearShare * nearSum / farSum;
    for (int i = 0; i < weights.length; i++) {
      weights[i] *= near[i] ? 1 : factor;
    }
  }
}
