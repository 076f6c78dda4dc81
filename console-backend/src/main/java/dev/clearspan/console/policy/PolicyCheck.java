package dev.clearspan.console.policy;

import dev.clearspan.console.problem.ProblemException;
import dev.clearspan.protocol.ServicePolicy;
import dev.clearspan.rpc.policy.PolicyRules;
import dev.clearspan.rpc.policy.Violation;
import java.util.List;
import java.util.stream.Collectors;

/** Refuses values that no client would apply, by the clients' own rules. */
final class PolicyCheck {
  private PolicyCheck() {}

  static void check(ServicePolicy policy) {
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
