package dev.clearspan.console.alert;

/**
 * What a rule is about.
 *
 * @param service empty: each service by itself
 * @param method full name; empty: all together
 * @param caller calling service; empty: all together
 */
public record RuleTarget(String service, String method, String caller) {
  static final RuleTarget ALL = new RuleTarget("", "", "");
}
