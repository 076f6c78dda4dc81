package dev.clearspan.console.alert;

import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.IntPredicate;

/** One rule with the alerts it has. Guarded by {@link Evaluator}. */
final class FollowedRule {
  private static final String RULE_ENDED = "its rule was disabled or deleted";

  private final String env;
  private final Map<AlertTarget, TrackedAlert> alerts = new LinkedHashMap<>();
  private AlertRule rule;
  private boolean ended;

  FollowedRule(String env, AlertRule rule) {
    this.env = env;
    this.rule = rule;
  }

  int size() {
    return alerts.size();
  }

  /**
   * Takes what a round found.
   *
   * @param room whether there is room for one alert more, given how many there are here
   * @return targets for which there was none
   */
  int step(
      AlertRule as, Observation found, Instant now, IntPredicate room, List<AlertEvent> events) {
    rule = as;
    ended = false;
    int dropped = 0;
    Set<AlertTarget> seen = new HashSet<>();
    for (Sample sample : found.samples()) {
      TrackedAlert alert = alerts.get(sample.target());
      if (alert == null && !room.test(alerts.size())) {
        dropped++;
        continue;
      }
      seen.add(sample.target());
      step(
          alerts.computeIfAbsent(sample.target(), t -> new TrackedAlert(now)), sample, now, events);
    }
    for (Map.Entry<AlertTarget, TrackedAlert> entry : alerts.entrySet()) {
      if (!seen.contains(entry.getKey())) {
        missed(entry.getKey(), entry.getValue(), found, now, events);
      }
    }
    alerts.entrySet().removeIf(e -> !seen.contains(e.getKey()) && e.getValue().isForgotten(now));
    return dropped;
  }

  /** What is listed only while it is bad is well when it is not; anything else is unseen then. */
  private void missed(
      AlertTarget target,
      TrackedAlert alert,
      Observation found,
      Instant now,
      List<AlertEvent> events) {
    if (found.blind().isEmpty() && rule.kind().absentIsWell()) {
      if (alert.over(rule, now)) {
        events.add(AlertEvent.of(alert.as(rule, target, env), now));
      }
      return;
    }
    String why = found.blind().isEmpty() ? "not seen any more" : found.blind();
    step(alert, new Sample(target, null, why), now, events);
  }

  private void step(TrackedAlert alert, Sample sample, Instant now, List<AlertEvent> events) {
    if (alert.step(rule, sample, now)) {
      events.add(AlertEvent.of(alert.as(rule, sample.target(), env), now));
    }
  }

  /** Takes that the rule is gone or disabled; says whether nothing is left to show of it. */
  boolean end(Instant now, List<AlertEvent> events) {
    if (!ended) {
      ended = true;
      alerts.forEach(
          (target, alert) -> {
            if (alert.end(RULE_ENDED, now)) {
              events.add(AlertEvent.of(alert.as(rule, target, env), now));
            }
          });
    }
    alerts
        .values()
        .removeIf(alert -> alert.state() != AlertState.RESOLVED || alert.isForgotten(now));
    return alerts.isEmpty();
  }

  List<Alert> alerts() {
    List<Alert> all = new ArrayList<>(alerts.size());
    alerts.forEach((target, alert) -> all.add(alert.as(rule, target, env)));
    return all;
  }

  RuleOutcome outcome(Observation found) {
    Map<AlertState, Integer> counts = new EnumMap<>(AlertState.class);
    alerts.values().forEach(alert -> counts.merge(alert.state(), 1, Integer::sum));
    return new RuleOutcome(
        found.samples().size(),
        counts.getOrDefault(AlertState.FIRING, 0),
        counts.getOrDefault(AlertState.PENDING, 0),
        counts.getOrDefault(AlertState.NO_DATA, 0),
        found.blind());
  }
}
