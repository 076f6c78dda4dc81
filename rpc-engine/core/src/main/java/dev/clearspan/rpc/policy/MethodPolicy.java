package dev.clearspan.rpc.policy;

import dev.clearspan.protocol.BalancerPolicy;
import dev.clearspan.protocol.BreakerPolicy;
import dev.clearspan.protocol.DeadlinePolicy;
import dev.clearspan.protocol.Policy;
import dev.clearspan.protocol.RetryPolicy;
import dev.clearspan.rpc.Status;
import dev.clearspan.rpc.balance.BalancerSettings;
import dev.clearspan.rpc.balance.BalancerSettings.Algorithm;
import dev.clearspan.rpc.breaker.BreakerSettings;
import dev.clearspan.rpc.retry.RetrySettings;
import java.time.Duration;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What holds for the calls of one method, all layers merged and all defaults filled in. */
public record MethodPolicy(
    DeadlineSettings deadline,
    BalancerSettings balancer,
    RetrySettings retry,
    BreakerSettings breaker) {

  public static final MethodPolicy DEFAULT = of(Policy.getDefaultInstance());

  /**
   * The policy with the built-in default in place of every field left out.
   *
   * @param policy valid by {@link PolicyRules}
   */
  public static MethodPolicy of(Policy policy) {
    return new MethodPolicy(
        deadline(policy.getDeadline()),
        balancer(policy.getBalancer()),
        retry(policy.getRetry()),
        breaker(policy.getBreaker()));
  }

  private static DeadlineSettings deadline(DeadlinePolicy policy) {
    return new DeadlineSettings(
        policy.hasTimeout() ? duration(policy.getTimeout()) : null,
        policy.hasMax() ? duration(policy.getMax()) : DeadlineSettings.DEFAULT.max(),
        policy.hasAttemptTimeout() ? duration(policy.getAttemptTimeout()) : null);
  }

  private static BalancerSettings balancer(BalancerPolicy policy) {
    Algorithm algorithm =
        policy.getAlgorithm() == BalancerPolicy.Algorithm.SMOOTH_WEIGHTED_ROUND_ROBIN
            ? Algorithm.SMOOTH_WEIGHTED_ROUND_ROBIN
            : BalancerSettings.DEFAULT.algorithm();
    return new BalancerSettings(
        algorithm,
        policy.hasSlowStart()
            ? duration(policy.getSlowStart())
            : BalancerSettings.DEFAULT.slowStart());
  }

  private static RetrySettings retry(RetryPolicy policy) {
    RetrySettings or = RetrySettings.DEFAULT;
    Duration initial =
        policy.hasInitialBackoff() ? duration(policy.getInitialBackoff()) : or.initialBackoff();
    return new RetrySettings(
        number(policy.getMaxAttempts(), or.maxAttempts()),
        initial,
        atLeast(
            initial,
            policy.hasMaxBackoff() ? duration(policy.getMaxBackoff()) : null,
            or.maxBackoff()),
        policy.getRetryableCodesCount() > 0 ? codes(policy) : or.retryableCodes(),
        policy.hasBudgetTokens() ? policy.getBudgetTokens() : or.budgetTokens());
  }

  private static BreakerSettings breaker(BreakerPolicy policy) {
    BreakerSettings or = BreakerSettings.DEFAULT;
    Duration open = policy.hasOpen() ? duration(policy.getOpen()) : or.open();
    return new BreakerSettings(
        policy.hasEnabled() ? policy.getEnabled() : or.enabled(),
        number(policy.getConsecutiveFailures(), or.consecutiveFailures()),
        policy.getFailureRate() == 0 ? or.failureRate() : policy.getFailureRate(),
        number(policy.getMinimumCalls(), or.minimumCalls()),
        policy.hasWindow() ? duration(policy.getWindow()) : or.window(),
        open,
        atLeast(open, policy.hasMaxOpen() ? duration(policy.getMaxOpen()) : null, or.maxOpen()),
        number(policy.getHalfOpenProbes(), or.halfOpenProbes()));
  }

  private static Set<Status.Code> codes(RetryPolicy policy) {
    return policy.getRetryableCodesList().stream()
        .map(Status.Code::valueOf)
        .collect(Collectors.toUnmodifiableSet());
  }

  /** The end of a doubling that begins at {@code first}: never before its beginning. */
  private static Duration atLeast(Duration first, @Nullable Duration set, Duration fallback) {
    Duration end = set != null ? set : fallback;
    return end.compareTo(first) < 0 ? first : end;
  }

  private static int number(int set, int fallback) {
    return set == 0 ? fallback : set;
  }

  private static Duration duration(com.google.protobuf.Duration value) {
    return Duration.ofSeconds(value.getSeconds(), value.getNanos());
  }
}
