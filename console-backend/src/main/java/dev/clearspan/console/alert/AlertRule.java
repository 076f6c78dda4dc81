package dev.clearspan.console.alert;

import java.util.Map;

/**
 * What is watched, and from when on somebody should know.
 *
 * @param forSeconds how long the condition has to hold before the alert fires, 0 to a day
 * @param resolveSeconds how long it must not hold before the alert is resolved, 0 to a day
 * @param summary one sentence for who is called; may be empty
 * @param runbookUrl http or https, or empty
 * @param labels added to the alert's own
 */
public record AlertRule(
    String id,
    String name,
    AlertKind kind,
    RuleTarget target,
    AlertCondition condition,
    long forSeconds,
    long resolveSeconds,
    AlertSeverity severity,
    boolean enabled,
    String summary,
    String runbookUrl,
    Map<String, String> labels) {
  public AlertRule {
    labels = Map.copyOf(labels);
  }

  boolean holds(double value) {
    return condition.operator().holds(value, condition.threshold());
  }
}
