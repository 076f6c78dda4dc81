package dev.clearspan.console.policy;

import dev.clearspan.console.problem.ProblemException;
import dev.clearspan.console.registry.Times;
import dev.clearspan.protocol.KeepOrder;
import dev.clearspan.protocol.ServicePolicy;
import dev.clearspan.rpc.policy.PolicyRules;
import dev.clearspan.rpc.policy.Violation;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Collectors;

/** Refuses values that no client would apply, by the clients' own rules. */
final class PolicyCheck {
  /** With a minute for clocks that differ. */
  private static final Duration LONGEST_ORDER = Duration.ofMinutes(61);

  private PolicyCheck() {}

  /**
   * Refuses a document with a violation, and orders that end more than an hour from now.
   *
   * @throws ProblemException 422 naming the field
   */
  static void check(ServicePolicy policy, Instant now) {
    List<KeepOrder> orders = policy.getService().getTelemetry().getKeepList();
    for (int i = 0; i < orders.size(); i++) {
      Instant until = Times.instant(orders.get(i).getUntil());
      if (until.isAfter(now.plus(LONGEST_ORDER))) {
        throw ProblemException.invalid(
            "service.telemetry.keep[" + i + "].until",
            until + " (expected: at most an hour from now)");
      }
    }
    GuardText.check(policy);
    List<Violation> violations = PolicyRules.check(policy);
    if (violations.isEmpty()) {
      return;
    }
    Violation first = violations.get(0);
    String others =
        violations.stream()
            .skip(1)
            .map(Violation::toString)
            .collect(Collectors.joining("; ", "; also ", ""));
    throw ProblemException.invalid(
        first.field(),
        first.value()
            + " (expected: "
            + first.expected()
            + ")"
            + (violations.size() > 1 ? others : ""));
  }
}
