package dev.clearspan.rpc.policy;

import dev.clearspan.protocol.BalancerPolicy;
import dev.clearspan.rpc.balance.BalancerSettings;
import dev.clearspan.rpc.balance.BalancerSettings.Algorithm;
import java.time.Duration;

/** The balancer part of a policy: what it must satisfy, and what it says. */
final class BalancerPart {
  private BalancerPart() {}

  static void check(Findings findings, String path, BalancerPolicy policy) {
    if (policy.getAlgorithm() == BalancerPolicy.Algorithm.UNRECOGNIZED) {
      findings.found(
          path + ".algorithm",
          String.valueOf(policy.getAlgorithmValue()),
          "P2C_PEAK_EWMA or SMOOTH_WEIGHTED_ROUND_ROBIN");
    }
    findings.duration(
        path + ".slowStart",
        policy.hasSlowStart(),
        policy.getSlowStart(),
        Duration.ZERO,
        Duration.ofMinutes(10));
  }

  static BalancerSettings read(BalancerPolicy policy) {
    BalancerSettings or = BalancerSettings.DEFAULT;
    Algorithm algorithm =
        policy.getAlgorithm() == BalancerPolicy.Algorithm.SMOOTH_WEIGHTED_ROUND_ROBIN
            ? Algorithm.SMOOTH_WEIGHTED_ROUND_ROBIN
            : or.algorithm();
    return new BalancerSettings(
        algorithm, Fields.duration(policy.hasSlowStart(), policy.getSlowStart(), or.slowStart()));
  }
}
