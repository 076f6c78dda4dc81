package dev.clearspan.rpc.client;

import dev.clearspan.rpc.balance.BalancerSettings;
import dev.clearspan.rpc.balance.BalancerSettings.Algorithm;
import dev.clearspan.rpc.balance.Field;
import dev.clearspan.rpc.balance.LoadMeter;
import dev.clearspan.rpc.client.Routes.Target;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The weights in force under one balancer's settings: what the registry and operators say, this
 * client's part of it, times slow start, times what the load suggests, times what the zone leaves.
 * Immutable.
 */
final class Weighing {
  /** What each endpoint counts for an algorithm that knows no weights. */
  private static final double EQUAL = 100;

  private final List<Target> usable;
  private final double[] configured;
  private final double[] inForce;
  private final Map<Endpoint, Double> byEndpoint = new HashMap<>();

  /**
   * Weighs.
   *
   * @param targets all there are
   * @param usable those that calls go to
   * @param zone the client's own; empty: none
   */
  Weighing(BalancerSettings settings, List<Target> targets, List<Target> usable, String zone) {
    this.usable = usable;
    this.configured = usable.stream().mapToDouble(each -> configured(settings, each)).toArray();
    this.inForce = new double[configured.length];
    for (int i = 0; i < inForce.length; i++) {
      inForce[i] = configured[i] * movement(settings, usable.get(i));
    }
    if (settings.zone().preferred() && !zone.isEmpty()) {
      ZoneSplit split = ZoneSplit.of(targets, usable, zone, settings.zone().minimum());
      split.apply(configured);
      split.apply(inForce);
    }
    for (int i = 0; i < inForce.length; i++) {
      byEndpoint.put(usable.get(i).endpoint(), inForce[i]);
    }
  }

  /** The weight in force; 0 when it takes no calls. */
  double of(Target target) {
    return byEndpoint.getOrDefault(target.endpoint(), 0.0);
  }

  /** What a balancer needs to know. */
  Field field() {
    return new Field(
        usable.stream().map(target -> target.endpoint().id()).toList(),
        configured,
        inForce,
        usable.stream().map(target -> target.endpoint().load()).toArray(LoadMeter[]::new));
  }

  private static double configured(BalancerSettings settings, Target target) {
    double weight = target.configuredWeight();
    return (settings.algorithm().isWeighted() ? weight : Math.signum(weight) * EQUAL)
        * target.share();
  }

  /** What moves by itself. */
  private static double movement(BalancerSettings settings, Target target) {
    Algorithm algorithm = settings.algorithm();
    if (!algorithm.isWeighted()) {
      return 1;
    }
    boolean adapts = settings.adaptive().enabled() && !algorithm.isMeasuring();
    return target.slowStart().factor(settings.slowStart()) * (adapts ? target.adaptive() : 1);
  }
}
