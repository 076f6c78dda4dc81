package dev.clearspan.etcd;

import dev.clearspan.protocol.ServicePolicy;
import dev.clearspan.rpc.policy.PolicyRules;
import dev.clearspan.rpc.policy.Violation;
import java.util.List;
import java.util.Optional;

/** The one place where a policy document is accepted or refused. */
final class PolicyGate {
  private PolicyGate() {}

  /** Why the document is refused, naming the field; empty if it is accepted. */
  static Optional<String> violation(ServicePolicy policy) {
    List<Violation> violations = PolicyRules.check(policy);
    return violations.stream()
        .findFirst()
        .map(first -> violations.size() == 1 ? first.toString() : andMore(first, violations));
  }

  private static String andMore(Violation first, List<Violation> all) {
    return first + ", and " + (all.size() - 1) + " more";
  }
}
