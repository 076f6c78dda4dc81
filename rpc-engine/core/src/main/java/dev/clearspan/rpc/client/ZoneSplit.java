package dev.clearspan.rpc.client;

import dev.clearspan.rpc.client.Routes.Target;
import java.util.List;

/**
 * How calls are split between the client's zone and the others. While enough of the zone's
 * instances are usable it takes them all; below that it takes so much less as it has fewer, and the
 * others take the rest. A weight of 0 is no ban: who has it takes calls that nobody in the zone can
 * take. As Envoy's priority levels do.
 */
final class ZoneSplit {
  private final boolean[] near;
  private final double nearShare;

  private ZoneSplit(boolean[] near, double nearShare) {
    this.near = near;
    this.nearShare = nearShare;
  }

  /** {@code minimum} is the share of the zone's instances from which on it takes all calls. */
  static ZoneSplit of(List<Target> targets, List<Target> usable, String zone, double minimum) {
    boolean[] near = new boolean[usable.size()];
    int nearUsable = 0;
    for (int i = 0; i < near.length; i++) {
      near[i] = usable.get(i).zone().equals(zone);
      nearUsable += near[i] ? 1 : 0;
    }
    long there = targets.stream().filter(target -> target.zone().equals(zone)).count();
    return new ZoneSplit(near, nearUsable == 0 ? 0 : Math.min(1, nearUsable / (minimum * there)));
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
