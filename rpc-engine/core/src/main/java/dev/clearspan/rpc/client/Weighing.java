package dev.clearspan.rpc.client;

import dev.clearspan.rpc.balance.BalancerSettings;
import dev.clearspan.rpc.balance.Field;
import dev.clearspan.rpc.balance.LoadMeter;
import dev.clearspan.rpc.balance.Weights;
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
  private final List<Target> usable;
  private final Weights weights;
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
    int inZone = (int) targets.stream().filter(target -> target.zone().equals(zone)).count();
    List<Weights.Candidate> candidates =
        usable.stream().map(target -> candidate(settings, target)).toList();
    this.weights = Weights.of(settings, candidates, zone, inZone);
    for (int i = 0; i < usable.size(); i++) {
      byEndpoint.put(usable.get(i).endpoint(), weights.inForce()[i]);
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
        weights.configured(),
        weights.inForce(),
        usable.stream().map(target -> target.endpoint().load()).toArray(LoadMeter[]::new));
  }

  private static Weights.Candidate candidate(BalancerSettings settings, Target target) {
    boolean adapts = settings.adaptive().enabled() && !settings.algorithm().isMeasuring();
    return new Weights.Candidate(
        target.configuredWeight(),
        target.share(),
        target.slowStart().factor(settings.slowStart()) * (adapts ? target.adaptive() : 1),
        target.zone());
  }
}
