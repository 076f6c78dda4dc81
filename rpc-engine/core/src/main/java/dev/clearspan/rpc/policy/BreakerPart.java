package dev.clearspan.rpc.policy;

import dev.clearspan.protocol.BreakerPolicy;
import dev.clearspan.rpc.breaker.BreakerSettings;
import java.time.Duration;

/** The breaker part of a policy: what it must satisfy, and what it says. */
final class BreakerPart {
  private static final Duration SHORTEST_OPEN = Duration.ofMillis(100);
  private static final Duration HOUR = Duration.ofHours(1);

  private BreakerPart() {}

  static void check(Findings findings, String path, BreakerPolicy policy) {
    findings.whole(path + ".consecutiveFailures", policy.getConsecutiveFailures(), 1_000);
    findings.share(path + ".failureRate", policy.getFailureRate());
    findings.duration(
        path + ".slowCall", policy.hasSlowCall(), policy.getSlowCall(), Duration.ofMillis(1), HOUR);
    findings.share(path + ".slowCallRate", policy.getSlowCallRate());
    findings.whole(path + ".minimumCalls", policy.getMinimumCalls(), 10_000);
    findings.duration(
        path + ".window",
        policy.hasWindow(),
        policy.getWindow(),
        Duration.ofSeconds(1),
        Duration.ofMinutes(5));
    findings.duration(path + ".open", policy.hasOpen(), policy.getOpen(), SHORTEST_OPEN, HOUR);
    findings.duration(
        path + ".maxOpen", policy.hasMaxOpen(), policy.getMaxOpen(), SHORTEST_OPEN, HOUR);
    if (policy.hasOpen() && policy.hasMaxOpen()) {
      findings.ordered(path + ".maxOpen", policy.getOpen(), policy.getMaxOpen(), "open");
    }
    findings.whole(path + ".halfOpenProbes", policy.getHalfOpenProbes(), 100);
  }

  static BreakerSettings read(BreakerPolicy policy) {
    BreakerSettings or = BreakerSettings.DEFAULT;
    Duration open = Fields.duration(policy.hasOpen(), policy.getOpen(), or.open());
    return new BreakerSettings(
        policy.hasEnabled() ? policy.getEnabled() : or.enabled(),
        Fields.number(policy.getConsecutiveFailures(), or.consecutiveFailures()),
        Fields.number(policy.getFailureRate(), or.failureRate()),
        Fields.duration(policy.hasSlowCall(), policy.getSlowCall(), or.slowCall()),
        Fields.number(policy.getSlowCallRate(), or.slowCallRate()),
        Fields.number(policy.getMinimumCalls(), or.minimumCalls()),
        Fields.duration(policy.hasWindow(), policy.getWindow(), or.window()),
        open,
        Fields.end(
            open, policy.hasMaxOpen() ? Fields.duration(policy.getMaxOpen()) : null, or.maxOpen()),
        Fields.number(policy.getHalfOpenProbes(), or.halfOpenProbes()));
  }
}
