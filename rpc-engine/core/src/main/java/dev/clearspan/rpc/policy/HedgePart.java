package dev.clearspan.rpc.policy;

import dev.clearspan.protocol.HedgePolicy;
import dev.clearspan.rpc.retry.HedgeSettings;
import java.time.Duration;

/** The hedge part of a policy: what it must satisfy, and what it says. */
final class HedgePart {
  private static final int MOST_ATTEMPTS = 3;

  private HedgePart() {}

  static void check(Findings findings, String path, HedgePolicy policy) {
    findings.duration(
        path + ".delay",
        policy.hasDelay(),
        policy.getDelay(),
        Duration.ofMillis(1),
        Duration.ofMinutes(1));
    if (policy.hasPercentile()) {
      findings.within(path + ".percentile", policy.getPercentile(), 50, 99.9);
    }
    findings.whole(path + ".maxAttempts", policy.getMaxAttempts(), MOST_ATTEMPTS);
  }

  static HedgeSettings read(HedgePolicy policy) {
    return new HedgeSettings(
        policy.hasDelay() ? Fields.duration(policy.getDelay()).toNanos() : 0,
        policy.hasPercentile() ? policy.getPercentile() : 0,
        Fields.number(policy.getMaxAttempts(), HedgeSettings.OFF.maxAttempts()));
  }
}
