package dev.clearspan.rpc.policy;

import dev.clearspan.protocol.Policy;
import dev.clearspan.protocol.ServicePolicy;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

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

  private final Findings findings;

  private PolicyRules(Findings findings) {
    this.findings = findings;
  }

  /** Everything wrong with a service's document, in the order of its fields; empty when valid. */
  public static List<Violation> check(ServicePolicy document) {
    PolicyRules rules = new PolicyRules(new Findings());
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
    PolicyRules rules = new PolicyRules(new Findings());
    rules.policy("policy", policy);
    return rules.findings.all();
  }

  /**
   * What the checks expect of each field, by its path below a policy, such as {@code
   * retry.maxAttempts} or {@code retry.retryableCodes[]}. What depends on other fields is not in
   * it.
   */
  public static Map<String, Expectation> expectations() {
    return Expectations.byField();
  }

  /** Paths of the fields that may stand in {@code service} only. */
  public static Set<String> serviceOnly() {
    return Expectations.serviceOnly();
  }

  static void checkInto(Findings findings, String path, Policy policy) {
    new PolicyRules(findings).policy(path, policy);
  }

  private void method(String name, Policy policy) {
    String path = "methods[\"" + name + "\"]";
    if (!METHOD.matcher(name).matches()) {
      findings.found(path, name, "package.Service/Method");
    }
    refuseInMethod(findings, path, policy);
    policy(path, policy);
  }

  /** Parts that belong to the service as a whole. */
  static void refuseInMethod(Findings findings, String path, Policy policy) {
    BalancerPart.refuseInMethod(findings, path + ".balancer", policy.getBalancer());
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
    LimitPart.checkMethod(findings, path + ".limit", policy.getLimit());
    if (policy.hasOutlier()) {
      OutlierPart.refuseInMethod(findings, path + ".outlier");
    }
  }

  private void policy(String path, Policy policy) {
    DeadlinePart.check(findings, path + ".deadline", policy.getDeadline());
    BalancerPart.check(findings, path + ".balancer", policy.getBalancer());
    RetryPart.check(findings, path + ".retry", policy.getRetry());
    BreakerPart.check(findings, path + ".breaker", policy.getBreaker());
    LimitPart.check(findings, path + ".limit", policy.getLimit());
    OutlierPart.check(findings, path + ".outlier", policy.getOutlier());
    HedgePart.check(findings, path + ".hedge", policy.getHedge());
    FallbackPart.check(findings, path + ".fallback", policy.getFallback());
    FaultPart.check(findings, path + ".fault", policy.getFault());
    RoutePart.check(findings, path + ".route", policy.getRoute());
    TelemetryPart.check(findings, path + ".telemetry", policy.getTelemetry());
  }
}
