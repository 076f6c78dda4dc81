package dev.clearspan.rpc.policy;

import dev.clearspan.protocol.RetryPolicy;
import dev.clearspan.rpc.Status;
import dev.clearspan.rpc.retry.RetrySettings;
import java.time.Duration;
import java.util.EnumSet;
import java.util.Set;
import java.util.stream.Collectors;

/** The retry part of a policy: what it must satisfy, and what it says. */
final class RetryPart {
  /** Codes that another attempt cannot change, or that are not failures of the attempt. */
  private static final Set<Status.Code> NEVER_RETRYABLE =
      EnumSet.of(
          Status.Code.OK,
          Status.Code.CANCELLED,
          Status.Code.INVALID_ARGUMENT,
          Status.Code.DEADLINE_EXCEEDED,
          Status.Code.UNIMPLEMENTED);

  private static final Set<Status.Code> RETRYABLE =
      EnumSet.complementOf(EnumSet.copyOf(NEVER_RETRYABLE));

  private static final Duration MILLI = Duration.ofMillis(1);
  private static final Duration MINUTE = Duration.ofMinutes(1);

  private RetryPart() {}

  static void check(Findings findings, String path, RetryPolicy policy) {
    findings.whole(path + ".maxAttempts", policy.getMaxAttempts(), 5);
    findings.duration(
        path + ".initialBackoff",
        policy.hasInitialBackoff(),
        policy.getInitialBackoff(),
        MILLI,
        MINUTE);
    findings.duration(
        path + ".maxBackoff", policy.hasMaxBackoff(), policy.getMaxBackoff(), MILLI, MINUTE);
    if (policy.hasInitialBackoff() && policy.hasMaxBackoff()) {
      findings.ordered(
          path + ".maxBackoff",
          policy.getInitialBackoff(),
          policy.getMaxBackoff(),
          "initialBackoff");
    }
    for (int i = 0; i < policy.getRetryableCodesCount(); i++) {
      findings.code(path + ".retryableCodes[" + i + "]", policy.getRetryableCodes(i), RETRYABLE);
    }
    if (policy.hasBudgetTokens()) {
      findings.within(path + ".budgetTokens", policy.getBudgetTokens(), 0, 1_000);
    }
  }

  static RetrySettings read(RetryPolicy policy) {
    RetrySettings or = RetrySettings.DEFAULT;
    Duration initial =
        Fields.duration(
            policy.hasInitialBackoff(), policy.getInitialBackoff(), or.initialBackoff());
    return new RetrySettings(
        Fields.number(policy.getMaxAttempts(), or.maxAttempts()),
        initial,
        Fields.end(
            initial,
            policy.hasMaxBackoff() ? Fields.duration(policy.getMaxBackoff()) : null,
            or.maxBackoff()),
        policy.getRetryableCodesCount() > 0 ? codes(policy) : or.retryableCodes(),
        policy.hasBudgetTokens() ? policy.getBudgetTokens() : or.budgetTokens());
  }

  private static Set<Status.Code> codes(RetryPolicy policy) {
    return policy.getRetryableCodesList().stream()
        .map(Status.Code::valueOf)
        .collect(Collectors.toUnmodifiableSet());
  }
}
