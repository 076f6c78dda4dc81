package dev.clearspan.rpc.policy;

import dev.clearspan.protocol.RoutePolicy;
import dev.clearspan.protocol.RouteSplit;
import dev.clearspan.rpc.discovery.RegistryNames;
import dev.clearspan.rpc.route.RouteRule;
import java.util.List;
import java.util.regex.Pattern;

/** The route part of a policy: what it must satisfy, and what it says. */
final class RoutePart {
  private static final int MOST_RULES = 32;
  private static final int MOST_SPLITS = 8;
  private static final int MOST_ENTRIES = 16;
  private static final double WHOLE = 100;
  private static final Pattern KEY = Pattern.compile("[0-9a-z_.-]{1,64}");

  private RoutePart() {}

  static void check(Findings findings, String path, RoutePolicy policy) {
    findings.atMost(path + ".rules", policy.getRulesCount(), MOST_RULES);
    for (int i = 0; i < policy.getRulesCount(); i++) {
      check(findings, path + ".rules[" + i + "]", policy.getRules(i));
    }
  }

  private static void check(Findings findings, String path, dev.clearspan.protocol.RouteRule rule) {
    findings.atMost(path + ".metadata", rule.getMetadataCount(), MOST_ENTRIES);
    rule.getMetadataMap().keySet().stream()
        .filter(key -> !KEY.matcher(key).matches())
        .sorted()
        .forEach(
            key -> findings.found(path + ".metadata", key, "metadata keys, [0-9a-z_.-]{1,64}"));
    if (!rule.getCaller().isEmpty() && !RegistryNames.isName(rule.getCaller())) {
      findings.found(path + ".caller", rule.getCaller(), "the name of a service, or none");
    }
    if (rule.getSplitsCount() == 0 || rule.getSplitsCount() > MOST_SPLITS) {
      findings.found(path + ".splits", rule.getSplitsCount() + " entries", "1 to " + MOST_SPLITS);
    }
    double sum = 0;
    for (int i = 0; i < rule.getSplitsCount(); i++) {
      check(findings, path + ".splits[" + i + "]", rule.getSplits(i));
      sum += rule.getSplits(i).getPercent();
    }
    if (sum > WHOLE + 1e-6) {
      findings.found(path + ".splits", Findings.number(sum) + " percent in all", "at most 100");
    }
  }

  private static void check(Findings findings, String path, RouteSplit split) {
    findings.within(path + ".percent", split.getPercent(), 0, WHOLE);
    findings.atMost(path + ".tags", split.getTagsCount(), MOST_ENTRIES);
    if (split.getTagsCount() == 0 && split.getVersion().isEmpty()) {
      findings.found(path, "neither tags nor version", "at least one of them");
    }
  }

  static List<RouteRule> read(RoutePolicy policy) {
    return policy.getRulesList().stream().map(RoutePart::rule).toList();
  }

  private static RouteRule rule(dev.clearspan.protocol.RouteRule rule) {
    return new RouteRule(
        rule.getMetadataMap(),
        rule.getCaller(),
        rule.getSplitsList().stream().map(RoutePart::split).toList());
  }

  private static RouteRule.Split split(RouteSplit split) {
    return new RouteRule.Split(
        split.getPercent(), split.getTagsMap(), split.getVersion(), split.getStrict());
  }
}
