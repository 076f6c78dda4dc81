package dev.clearspan.rpc.policy;

import dev.clearspan.protocol.DeadlinePolicy;
import java.time.Duration;

/** The deadline part of a policy: what it must satisfy, and what it says. */
final class DeadlinePart {
  private static final Duration MILLI = Duration.ofMillis(1);
  private static final Duration HOUR = Duration.ofHours(1);

  private DeadlinePart() {}

  static void check(Findings findings, String path, DeadlinePolicy policy) {
    findings.duration(path + ".timeout", policy.hasTimeout(), policy.getTimeout(), MILLI, HOUR);
    findings.duration(path + ".max", policy.hasMax(), policy.getMax(), MILLI, HOUR);
    findings.duration(
        path + ".attemptTimeout",
        policy.hasAttemptTimeout(),
        policy.getAttemptTimeout(),
        MILLI,
        HOUR);
    if (policy.hasTimeout() && policy.hasMax()) {
      findings.ordered(path + ".max", policy.getTimeout(), policy.getMax(), "timeout");
    }
  }

  static DeadlineSettings read(DeadlinePolicy policy) {
    return new DeadlineSettings(
        policy.hasTimeout() ? Fields.duration(policy.getTimeout()) : null,
        policy.hasMax() ? Fields.duration(policy.getMax()) : DeadlineSettings.DEFAULT.max(),
        policy.hasAttemptTimeout() ? Fields.duration(policy.getAttemptTimeout()) : null);
  }
}
