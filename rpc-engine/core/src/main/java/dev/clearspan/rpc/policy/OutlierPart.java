package dev.clearspan.rpc.policy;

import dev.clearspan.protocol.OutlierPolicy;
import dev.clearspan.rpc.outlier.OutlierSettings;
import java.time.Duration;

/** The outlier part of a policy: what it must satisfy, and what it says. */
final class OutlierPart {
  private static final Duration SECOND = Duration.ofSeconds(1);
  private static final Duration HOUR = Duration.ofHours(1);
  private static final double MOST_TIMES = 100;

  private OutlierPart() {}

  static void check(Findings findings, String path, OutlierPolicy policy) {
    findings.duration(
        path + ".interval",
        policy.hasInterval(),
        policy.getInterval(),
        SECOND,
        Duration.ofMinutes(5));
    findings.whole(path + ".minimumCalls", policy.getMinimumCalls(), 10_000);
    factor(findings, path + ".errorFactor", policy.getErrorFactor());
    factor(findings, path + ".latencyFactor", policy.getLatencyFactor());
    findings.duration(path + ".ejection", policy.hasEjection(), policy.getEjection(), SECOND, HOUR);
    findings.duration(
        path + ".maxEjection", policy.hasMaxEjection(), policy.getMaxEjection(), SECOND, HOUR);
    if (policy.hasEjection() && policy.hasMaxEjection()) {
      findings.ordered(
          path + ".maxEjection", policy.getEjection(), policy.getMaxEjection(), "ejection");
    }
    findings.share(path + ".maxLeftOut", policy.getMaxLeftOut());
  }

  /** Instances are judged by all methods together. */
  static void refuseInMethod(Findings findings, String path) {
    findings.found(
        path, "present", "absent: instances are judged by all methods, set service.outlier");
  }

  static OutlierSettings read(OutlierPolicy policy) {
    OutlierSettings or = OutlierSettings.DEFAULT;
    Duration ejection = Fields.duration(policy.hasEjection(), policy.getEjection(), or.ejection());
    return new OutlierSettings(
        policy.hasEnabled() ? policy.getEnabled() : or.enabled(),
        Fields.duration(policy.hasInterval(), policy.getInterval(), or.interval()),
        Fields.number(policy.getMinimumCalls(), or.minimumCalls()),
        Fields.number(policy.getErrorFactor(), or.errorFactor()),
        Fields.number(policy.getLatencyFactor(), or.latencyFactor()),
        ejection,
        Fields.end(
            ejection,
            policy.hasMaxEjection() ? Fields.duration(policy.getMaxEjection()) : null,
            or.maxEjection()),
        Fields.number(policy.getMaxLeftOut(), or.maxLeftOut()));
  }

  /** Zero is protobuf's "not set". */
  private static void factor(Findings findings, String field, double value) {
    if (value != 0) {
      findings.within(field, value, 1, MOST_TIMES);
    }
  }
}
