package dev.clearspan.rpc.policy;

import dev.clearspan.protocol.BalancerPolicy;
import dev.clearspan.protocol.BreakerPolicy;
import dev.clearspan.protocol.DeadlinePolicy;
import dev.clearspan.protocol.Policy;
import dev.clearspan.protocol.RetryPolicy;
import dev.clearspan.protocol.ServicePolicy;
import dev.clearspan.protocol.TelemetryPolicy;
import dev.clearspan.rpc.Status;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What a policy document must satisfy; docs/policies.md lists the same ranges. The console refuses
 * a document with violations, a client keeps its last good one. A field left out is never a
 * violation.
 */
public final class PolicyRules {
  /** Methods with an entry of their own in one document. */
  public static final int MAX_METHODS = 1_000;

  /** Codes that another attempt cannot change, or that are not failures of the attempt. */
  private static final Set<Status.Code> NEVER_RETRYABLE =
      EnumSet.of(
          Status.Code.OK,
          Status.Code.CANCELLED,
          Status.Code.INVALID_ARGUMENT,
          Status.Code.DEADLINE_EXCEEDED,
          Status.Code.UNIMPLEMENTED);

  private static final String RETRYABLE_NAMES =
      EnumSet.complementOf(EnumSet.copyOf(NEVER_RETRYABLE)).stream()
          .map(Enum::name)
          .collect(Collectors.joining(", ", "one of ", ""));

  private static final Duration MILLI = Duration.ofMillis(1);
  private static final Duration MINUTE = Duration.ofMinutes(1);
  private static final Duration HOUR = Duration.ofHours(1);

  private final List<Violation> violations = new ArrayList<>();

  private PolicyRules() {}

  /** Everything wrong with a service's document, in the order of its fields; empty when valid. */
  public static List<Violation> check(ServicePolicy document) {
    PolicyRules rules = new PolicyRules();
    rules.policy("service", document.getService());
    if (document.getMethodsCount() > MAX_METHODS) {
      rules.found("methods", document.getMethodsCount() + " entries", "at most " + MAX_METHODS);
      return List.copyOf(rules.violations);
    }
    document.getMethodsMap().keySet().stream()
        .sorted()
        .forEach(name -> rules.method(name, document.getMethodsOrThrow(name)));
    return List.copyOf(rules.violations);
  }

  /** Everything wrong with one policy, such as the one a caller's code states. */
  public static List<Violation> check(Policy policy) {
    PolicyRules rules = new PolicyRules();
    rules.policy("policy", policy);
    return List.copyOf(rules.violations);
  }

  private void method(String name, Policy policy) {
    String path = "methods[\"" + name + "\"]";
    if (!name.matches("[A-Za-z_][\\w.]*/[A-Za-z_]\\w*")) {
      found(path, name, "package.Service/Method");
    }
    if (policy.getRetry().hasBudgetTokens()) {
      found(
          path + ".retry.budgetTokens",
          number(policy.getRetry().getBudgetTokens()),
          "absent: the budget belongs to the target, set service.retry.budgetTokens");
    }
    policy(path, policy);
  }

  private void policy(String path, Policy policy) {
    deadline(path + ".deadline", policy.getDeadline());
    balancer(path + ".balancer", policy.getBalancer());
    retry(path + ".retry", policy.getRetry());
    breaker(path + ".breaker", policy.getBreaker());
    telemetry(path + ".telemetry", policy.getTelemetry());
  }

  private void deadline(String path, DeadlinePolicy policy) {
    duration(path + ".timeout", policy.hasTimeout(), policy.getTimeout(), MILLI, HOUR);
    duration(path + ".max", policy.hasMax(), policy.getMax(), MILLI, HOUR);
    duration(
        path + ".attemptTimeout",
        policy.hasAttemptTimeout(),
        policy.getAttemptTimeout(),
        MILLI,
        HOUR);
    if (policy.hasTimeout() && policy.hasMax()) {
      ordered(path + ".max", policy.getTimeout(), policy.getMax(), "timeout");
    }
  }

  private void balancer(String path, BalancerPolicy policy) {
    if (policy.getAlgorithm() == BalancerPolicy.Algorithm.UNRECOGNIZED) {
      found(
          path + ".algorithm",
          String.valueOf(policy.getAlgorithmValue()),
          "P2C_PEAK_EWMA or SMOOTH_WEIGHTED_ROUND_ROBIN");
    }
    duration(
        path + ".slowStart",
        policy.hasSlowStart(),
        policy.getSlowStart(),
        Duration.ZERO,
        Duration.ofMinutes(10));
  }

  private void retry(String path, RetryPolicy policy) {
    whole(path + ".maxAttempts", policy.getMaxAttempts(), 5);
    duration(
        path + ".initialBackoff",
        policy.hasInitialBackoff(),
        policy.getInitialBackoff(),
        MILLI,
        MINUTE);
    duration(path + ".maxBackoff", policy.hasMaxBackoff(), policy.getMaxBackoff(), MILLI, MINUTE);
    if (policy.hasInitialBackoff() && policy.hasMaxBackoff()) {
      ordered(
          path + ".maxBackoff",
          policy.getInitialBackoff(),
          policy.getMaxBackoff(),
          "initialBackoff");
    }
    for (int i = 0; i < policy.getRetryableCodesCount(); i++) {
      code(path + ".retryableCodes[" + i + "]", policy.getRetryableCodes(i));
    }
    if (policy.hasBudgetTokens()) {
      within(path + ".budgetTokens", policy.getBudgetTokens(), 0, 1_000);
    }
  }

  private void breaker(String path, BreakerPolicy policy) {
    whole(path + ".consecutiveFailures", policy.getConsecutiveFailures(), 1_000);
    double rate = policy.getFailureRate();
    if (!(rate >= 0 && rate <= 1)) {
      found(path + ".failureRate", number(rate), "more than 0, at most 1");
    }
    whole(path + ".minimumCalls", policy.getMinimumCalls(), 10_000);
    duration(
        path + ".window",
        policy.hasWindow(),
        policy.getWindow(),
        Duration.ofSeconds(1),
        Duration.ofMinutes(5));
    Duration shortest = Duration.ofMillis(100);
    duration(path + ".open", policy.hasOpen(), policy.getOpen(), shortest, HOUR);
    duration(path + ".maxOpen", policy.hasMaxOpen(), policy.getMaxOpen(), shortest, HOUR);
    if (policy.hasOpen() && policy.hasMaxOpen()) {
      ordered(path + ".maxOpen", policy.getOpen(), policy.getMaxOpen(), "open");
    }
    whole(path + ".halfOpenProbes", policy.getHalfOpenProbes(), 100);
  }

  private void telemetry(String path, TelemetryPolicy policy) {
    if (policy.hasHeadSampleRate()) {
      within(path + ".headSampleRate", policy.getHeadSampleRate(), 0, 1);
    }
    duration(
        path + ".slowThreshold", policy.hasSlowThreshold(), policy.getSlowThreshold(), MILLI, HOUR);
  }

  private void code(String field, String name) {
    boolean known =
        EnumSet.complementOf(EnumSet.copyOf(NEVER_RETRYABLE)).stream()
            .anyMatch(code -> code.name().equals(name));
    if (!known) {
      found(field, name, RETRYABLE_NAMES);
    }
  }

  /** Zero is protobuf's "not set". */
  private void whole(String field, int value, int max) {
    if (value < 0 || value > max) {
      found(field, String.valueOf(value), "1 to " + max);
    }
  }

  private void within(String field, double value, double min, double max) {
    if (!(value >= min && value <= max)) {
      found(field, number(value), number(min) + " to " + number(max));
    }
  }

  private void duration(
      String field, boolean set, com.google.protobuf.Duration value, Duration min, Duration max) {
    if (set && !(compare(value, min) >= 0 && compare(value, max) <= 0)) {
      found(field, seconds(value), seconds(min) + " to " + seconds(max));
    }
  }

  private void ordered(
      String field,
      com.google.protobuf.Duration lower,
      com.google.protobuf.Duration upper,
      String lowerName) {
    if (compare(upper, java(lower)) < 0) {
      found(field, seconds(upper), "at least " + lowerName + ", " + seconds(lower));
    }
  }

  private void found(String field, String value, String expected) {
    violations.add(new Violation(field, value, expected));
  }

  private static int compare(com.google.protobuf.Duration value, Duration bound) {
    return java(value).compareTo(bound);
  }

  private static Duration java(com.google.protobuf.Duration value) {
    // Far outside of protobuf's range Duration would overflow; every bound is far inside.
    long seconds = Math.max(-315_576_000_000L, Math.min(315_576_000_000L, value.getSeconds()));
    return Duration.ofSeconds(seconds, value.getNanos());
  }

  private static String seconds(com.google.protobuf.Duration value) {
    return seconds(java(value));
  }

  /** As protobuf's JSON writes durations. */
  private static String seconds(Duration value) {
    return number(value.getSeconds() + value.getNano() / 1e9) + "s";
  }

  private static String number(double value) {
    return value == Math.rint(value) && Math.abs(value) < 1e15
        ? String.valueOf((long) value)
        : String.valueOf(value);
  }
}
