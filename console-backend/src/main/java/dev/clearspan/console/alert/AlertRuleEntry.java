package dev.clearspan.console.alert;

/**
 * A rule, where it comes from and how it stands.
 *
 * @param origin "built-in", "stored", or "overridden": stored under the id of a built-in one
 * @param revision of what is stored; 0: nothing is
 */
public record AlertRuleEntry(AlertRule rule, String origin, long revision, RuleOutcome outcome) {
  static AlertRuleEntry of(AlertRules.Found found, RuleOutcome outcome) {
    String stored = found.builtIn() ? "overridden" : "stored";
    return new AlertRuleEntry(
        found.rule(), found.revision() == 0 ? "built-in" : stored, found.revision(), outcome);
  }
}
