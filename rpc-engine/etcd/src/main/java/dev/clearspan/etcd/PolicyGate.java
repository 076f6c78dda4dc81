package dev.clearspan.etcd;

import dev.clearspan.protocol.ServicePolicy;
import java.util.Optional;

/** The one place where a policy document is accepted or refused. */
final class PolicyGate {
  private PolicyGate() {}

  /** Why the document is refused, naming the field; empty if it is accepted. */
  static Optional<String> violation(ServicePolicy policy) {
    return Optional.empty();
  }
}
