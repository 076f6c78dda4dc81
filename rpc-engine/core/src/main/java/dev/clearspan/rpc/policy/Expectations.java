package dev.clearspan.rpc.policy;

import dev.clearspan.protocol.Policy;
import dev.clearspan.rpc.Status;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Learns from the checks themselves what they expect of each field: they are run over policies with
 * every field set, and what they compare is written down.
 */
final class Expectations extends Findings {
  private static final String ROOT = "policy.";

  private final Map<String, Expectation> seen = new TreeMap<>();
  private final Set<String> absent = new TreeSet<>();

  private Expectations() {}

  /** By the field's path below a policy, elements of lists as {@code retry.retryableCodes[]}. */
  static Map<String, Expectation> byField() {
    Expectations expectations = new Expectations();
    for (Policy sample : FullPolicies.all()) {
      PolicyRules.checkInto(expectations, "policy", sample);
    }
    return Map.copyOf(expectations.seen);
  }

  /** Fields that are refused in a method's policy, whatever their value. */
  static Set<String> serviceOnly() {
    Expectations expectations = new Expectations();
    for (Policy sample : FullPolicies.all()) {
      PolicyRules.refuseInMethod(expectations, "policy", sample);
    }
    return Set.copyOf(expectations.absent);
  }

  private void saw(String field, Expectation expectation) {
    seen.put(field.substring(ROOT.length()).replaceAll("\\[\\d+]", "[]"), expectation);
  }

  @Override
  void found(String field, String value, String expected) {
    if (expected.startsWith("absent")) {
      absent.add(field.substring(ROOT.length()));
    }
  }

  @Override
  void whole(String field, int value, int max) {
    saw(field, new Expectation.Between(1, max));
  }

  @Override
  void within(String field, double value, double min, double max) {
    saw(field, new Expectation.Between(min, max));
  }

  @Override
  void share(String field, double value) {
    saw(field, new Expectation.Above(0, 1));
  }

  @Override
  void code(String field, String name, Set<Status.Code> allowed) {
    saw(field, new Expectation.OneOf(allowed.stream().sorted().map(Enum::name).toList()));
  }

  @Override
  void atMost(String field, int entries, int max) {
    saw(field, new Expectation.AtMost(max));
  }

  @Override
  void duration(
      String field, boolean set, com.google.protobuf.Duration value, Duration min, Duration max) {
    saw(field, new Expectation.Between(inSeconds(min), inSeconds(max)));
  }

  private static double inSeconds(Duration value) {
    return value.toNanos() / 1e9;
  }
}
