package dev.clearspan.console.alert;

/**
 * How a rule stood in the last round.
 *
 * @param targets what it looked at
 * @param noData of those, without data
 * @param detail why there is no data at all; empty: there is
 */
public record RuleOutcome(int targets, int firing, int pending, int noData, String detail) {
  static final RuleOutcome NONE = new RuleOutcome(0, 0, 0, 0, "not evaluated yet");
}
