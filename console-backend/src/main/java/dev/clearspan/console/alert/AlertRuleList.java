package dev.clearspan.console.alert;

import dev.clearspan.console.registry.IgnoredValue;
import java.util.List;

/**
 * All rules.
 *
 * @param ignored what is stored, cannot be used, and why
 */
public record AlertRuleList(List<AlertRuleEntry> rules, List<IgnoredValue> ignored) {
  public AlertRuleList {
    rules = List.copyOf(rules);
    ignored = List.copyOf(ignored);
  }
}
