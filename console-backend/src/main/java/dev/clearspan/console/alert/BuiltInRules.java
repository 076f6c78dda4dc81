package dev.clearspan.console.alert;

import java.util.List;
import java.util.Map;

/** Rules that hold without being stored; one that is stored under the same id replaces it. */
final class BuiltInRules {
  static final List<AlertRule> ALL =
      List.of(
          rule(
              "service-errors",
              "A service fails",
              AlertKind.ERROR_SHARE,
              // A share of a handful of calls says little.
              new AlertCondition(AlertOperator.AT_LEAST, 10, "percent", 30, 10),
              60,
              AlertSeverity.CRITICAL,
              "A tenth or more of the calls to this service fail."),
          rule(
              "breaker-open",
              "A breaker stays open",
              AlertKind.BREAKER_OPEN,
              seconds(60),
              0,
              AlertSeverity.WARNING,
              "Calls are refused by an open breaker for more than a minute."),
          rule(
              "instance-out",
              "An instance is out of use",
              AlertKind.INSTANCE_OUTAGE,
              seconds(120),
              0,
              AlertSeverity.WARNING,
              "An instance has been out of use for more than two minutes."),
          rule(
              "registry-stale",
              "The registry is not heard",
              AlertKind.DISCOVERY_AGE,
              // A healthy registry is heard of every 75 s at least.
              seconds(120),
              0,
              AlertSeverity.CRITICAL,
              "Someone goes on with what was last known of the registry."),
          rule(
              "recorder-loss",
              "Recorders lose records",
              AlertKind.TELEMETRY_LOSS,
              new AlertCondition(AlertOperator.GREATER, 0, "per_second", 0, 0),
              30,
              AlertSeverity.WARNING,
              "Calls of this process are missing from traces."),
          rule(
              "intake-refused",
              "The console refuses telemetry",
              AlertKind.INTAKE_REFUSED,
              new AlertCondition(AlertOperator.GREATER, 0, "per_second", 0, 0),
              30,
              AlertSeverity.WARNING,
              "Spans or metrics reach the console and are not kept."));

  private BuiltInRules() {}

  private static AlertCondition seconds(double threshold) {
    return new AlertCondition(AlertOperator.AT_LEAST, threshold, "seconds", 0, 0);
  }

  private static AlertRule rule(
      String id,
      String name,
      AlertKind kind,
      AlertCondition condition,
      long forSeconds,
      AlertSeverity severity,
      String summary) {
    return new AlertRule(
        id,
        name,
        kind,
        RuleTarget.ALL,
        condition,
        forSeconds,
        /* resolveSeconds= */ 60,
        severity,
        true,
        summary,
        "",
        Map.of());
  }
}
