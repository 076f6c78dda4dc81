package dev.clearspan.rpc.retry;

import dev.clearspan.rpc.Status;
import java.time.Duration;
import java.util.Set;

/**
 * When and how often a call is tried again.
 *
 * @param maxAttempts attempts in all, the first included; 1: no retry
 * @param initialBackoff upper bound of the wait before the second attempt; doubles with each retry
 * @param maxBackoff the doubling's end
 * @param retryableCodes statuses of an idempotent method that are worth another attempt
 * @param budgetTokens size of the target's {@link RetryBudget}
 */
public record RetrySettings(
    int maxAttempts,
    Duration initialBackoff,
    Duration maxBackoff,
    Set<Status.Code> retryableCodes,
    double budgetTokens) {

  public static final RetrySettings DEFAULT =
      new RetrySettings(
          3, Duration.ofMillis(100), Duration.ofSeconds(1), Set.of(Status.Code.UNAVAILABLE), 10);

  public RetrySettings {
    retryableCodes = Set.copyOf(retryableCodes);
  }

  public RetrySettings withMaxAttempts(int value) {
    return new RetrySettings(value, initialBackoff, maxBackoff, retryableCodes, budgetTokens);
  }

  public RetrySettings withBackoff(Duration initial, Duration max) {
    return new RetrySettings(maxAttempts, initial, max, retryableCodes, budgetTokens);
  }

  public RetrySettings withRetryableCodes(Set<Status.Code> value) {
    return new RetrySettings(maxAttempts, initialBackoff, maxBackoff, value, budgetTokens);
  }

  public RetrySettings withBudgetTokens(double value) {
    return new RetrySettings(maxAttempts, initialBackoff, maxBackoff, retryableCodes, value);
  }
}
