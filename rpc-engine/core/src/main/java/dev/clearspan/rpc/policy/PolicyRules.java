package dev.clearspan.rpc.policy;

import dev.clearspan.protocol.BalancerPolicy;
import dev.clearspan.protocol.BreakerPolicy;
import dev.clearspan.protocol.DeadlinePolicy;
import dev.clearspan.protocol.Policy;
import dev.clearspan.protocol.RetryPolicy;
import dev.clearspan.protocol.ServicePolicy;
import dev.clearspan.rpc.Status;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * What a policy document must satisfy; docs/policies.md lists the same ranges. The console refuses
 * a document with violations, a client keeps its last good one. A field left out is never a
 * violation.
 */
public final class PolicyRules {
  /** Methods with an entry of their own in one document. */
  public static final int MAX_METHODS = 1_000;

  /** Orders to keep a caller's calls in one document. */
  public static final int MAX_KEEP_ORDERS = 16;

  /** The full name of a method. */
  static final Pattern METHOD = Pattern.compile("[A-Za-z_][\\w.]*/[A-Za-z_]\\w*");

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

  private final Findings findings = new Findings();
  private final TelemetryRange telemetry = new TelemetryRange(findings);

  private PolicyRules() {}

  /** Everything wrong with a service's document, in the order of its fields; empty when valid. */
  public static List<Violation> check(ServicePolicy document) {
    PolicyRules rules = new PolicyRules();
    rules.policy("service", document.getService());
    if (document.getMethodsCount() > MAX_METHODS) {
      rules.findings.found(
          "methods", document.getMethodsCount() + " entries", "at most " + MAX_METHODS);
      return rules.findings.all();
    }
    document.getMethodsMap().keySet().stream()
        .sorted()
        .forEach(name -> rules.method(name, document.getMethodsOrThrow(name)));
    return rules.findings.all();
  }

  /** Everything wrong with one policy, such as the one a caller's code states. */
  public static List<Violation> check(Policy policy) {
    PolicyRules rules = new PolicyRules();
    rules.policy("policy", policy);
    return rules.findings.all();
  }

  private void method(String name, Policy policy) {
    String path = "methods[\"" + name + "\"]";
    if (!METHOD.matcher(name).matches()) {
      findings.found(path, name, "package.Service/Method");
    }
    if (policy.getRetry().hasBudgetTokens()) {
      findings.found(
          path + ".retry.budgetTokens",
          Findings.number(policy.getRetry().getBudgetTokens()),
          "absent: the budget belongs to the target, set service.retry.budgetTokens");
    }
    if (policy.getTelemetry().getKeepCount() > 0) {
      findings.found(
          path + ".telemetry.keep",
          policy.getTelemetry().getKeepCount() + " entries",
          "absent: an order names its method, set service.telemetry.keep");
    }
    policy(path, policy);
  }

  private void policy(String path, Policy policy) {
    deadline(path + ".deadline", policy.getDeadline());
    balancer(path + ".balancer", policy.getBalancer());
    retry(path + ".retry", policy.getRetry());
    breaker(path + ".breaker", policy.getBreaker());
    telemetry.check(path + ".telemetry", policy.getTelemetry());
  }

  private void deadline(String path, DeadlinePolicy policy) {
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

  private void balancer(String path, BalancerPolicy policy) {
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

  private void retry(String path, RetryPolicy policy) {
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
      code(path + ".retryableCodes[" + i + "]", policy.getRetryableCodes(i));
    }
    if (policy.hasBudgetTokens()) {
      findings.within(path + ".budgetTokens", policy.getBudgetTokens(), 0, 1_000);
    }
  }

  private void breaker(String path, BreakerPolicy policy) {
    findings.whole(path + ".consecutiveFailures", policy.getConsecutiveFailures(), 1_000);
    double rate = policy.getFailureRate();
    if (!(rate >= 0 && rate <= 1)) {
      findings.found(path + ".failureRate", Findings.number(rate), "more than 0, at most 1");
    }
    findings.whole(path + ".minimumCalls", policy.getMinimumCalls(), 10_000);
    findings.duration(
        path + ".window",
        policy.hasWindow(),
        policy.getWindow(),
        Duration.ofSeconds(1),
        Duration.ofMinutes(5));
    Duration shortest = Duration.ofMillis(100);
    findings.duration(path + ".open", policy.hasOpen(), policy.getOpen(), shortest, HOUR);
    findings.duration(path + ".maxOpen", policy.hasMaxOpen(), policy.getMaxOpen(), shortest, HOUR);
    if (policy.hasOpen() && policy.hasMaxOpen()) {
      findings.ordered(path + ".maxOpen", policy.getOpen(), policy.getMaxOpen(), "open");
    }
    findings.whole(path + ".halfOpenProbes", policy.getHalfOpenProbes(), 100);
  }

  private void code(String field, String name) {
    boolean known =
        EnumSet.complementOf(EnumSet.copyOf(NEVER_RETRYABLE)).stream()
            .anyMatch(code -> code.name().equals(name));
    if (!known) {
      findings.found(field, name, RETRYABLE_NAMES);
    }
  }
}
