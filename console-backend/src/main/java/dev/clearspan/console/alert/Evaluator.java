package dev.clearspan.console.alert;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * Steps all alerts through their states, round by round. At most {@value #CAPACITY} alerts are
 * followed; what is beyond is counted. Not thread-safe: {@link Alerts} guards it.
 */
final class Evaluator {
  static final int CAPACITY = 5_000;

  private final String env;
  private final Map<String, FollowedRule> followed = new LinkedHashMap<>();

  Evaluator(String env) {
    this.env = env;
  }

  /**
   * What a round gave.
   *
   * @param dropped targets that are not followed because there are too many
   */
  record Round(
      Instant at,
      List<Alert> alerts,
      List<AlertEvent> events,
      Map<String, RuleOutcome> outcomes,
      int dropped) {
    static final Round NONE = new Round(Instant.EPOCH, List.of(), List.of(), Map.of(), 0);
  }

  Round round(List<AlertRule> rules, Function<AlertRule, Observation> signals, Instant now) {
    List<AlertEvent> events = new ArrayList<>();
    Map<String, RuleOutcome> outcomes = new HashMap<>();
    int dropped = 0;
    for (AlertRule rule : rules) {
      if (rule.enabled()) {
        Observation found = signals.apply(rule);
        FollowedRule one = followed.computeIfAbsent(rule.id(), id -> new FollowedRule(env, rule));
        int others = followed.values().stream().mapToInt(FollowedRule::size).sum() - one.size();
        dropped += one.step(rule, found, now, own -> others + own < CAPACITY, events);
        outcomes.put(rule.id(), one.outcome(found));
      }
    }
    followed
        .entrySet()
        .removeIf(
            entry -> !outcomes.containsKey(entry.getKey()) && entry.getValue().end(now, events));
    List<Alert> alerts = followed.values().stream().flatMap(one -> one.alerts().stream()).toList();
    return new Round(now, alerts, List.copyOf(events), Map.copyOf(outcomes), dropped);
  }
}
