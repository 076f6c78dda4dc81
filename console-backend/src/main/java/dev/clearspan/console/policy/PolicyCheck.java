package dev.clearspan.console.policy;

import dev.clearspan.protocol.ServicePolicy;

/** Refuses values that no client would apply. */
final class PolicyCheck {
  private PolicyCheck() {}

  static void check(ServicePolicy policy) {}
}
