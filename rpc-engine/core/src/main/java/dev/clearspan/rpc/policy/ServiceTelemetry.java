package dev.clearspan.rpc.policy;

import com.google.protobuf.Duration;
import dev.clearspan.protocol.Policy;
import dev.clearspan.protocol.ServicePolicy;
import dev.clearspan.protocol.TelemetryPolicy;
import dev.clearspan.rpc.ledger.KeepOrder;
import dev.clearspan.rpc.ledger.SlowRule;
import dev.clearspan.rpc.ledger.TelemetryRule;
import dev.clearspan.rpc.ledger.TelemetryRules;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Works out what is recorded of a service's calls, all layers of the policy merged. */
public final class ServiceTelemetry {
  private ServiceTelemetry() {}

  /**
   * The rules for all methods.
   *
   * @param document the service's policy as operators set it, valid by {@link PolicyRules}
   * @param code what the caller's code asks for; of a server, the default instance
   */
  public static TelemetryRules of(ServicePolicy document, Policy code) {
    Set<String> named = new HashSet<>(document.getMethodsMap().keySet());
    orders(document, code).forEach(order -> named.add(order.getMethod()));
    named.remove("");
    Map<String, TelemetryRule> methods = new HashMap<>();
    for (String method : named) {
      methods.put(method, rule(PolicyLayers.merge(document, code, method), method));
    }
    return new TelemetryRules(rule(PolicyLayers.merge(document, code, ""), ""), methods);
  }

  private static List<dev.clearspan.protocol.KeepOrder> orders(
      ServicePolicy document, Policy code) {
    return PolicyLayers.merge(document, code, "").getTelemetry().getKeepList();
  }

  private static TelemetryRule rule(Policy merged, String method) {
    TelemetryPolicy policy = merged.getTelemetry();
    List<KeepOrder> keeps =
        policy.getKeepList().stream()
            .filter(order -> order.getMethod().isEmpty() || order.getMethod().equals(method))
            .map(ServiceTelemetry::order)
            .toList();
    return new TelemetryRule(
        policy.hasHeadSampleRate() ? policy.getHeadSampleRate() : Double.NaN,
        slow(policy),
        policy.getKeptAttributesList(),
        keeps);
  }

  private static SlowRule slow(TelemetryPolicy policy) {
    return switch (policy.getSlowCase()) {
      case SLOW_THRESHOLD -> new SlowRule.Fixed(nanos(policy.getSlowThreshold()));
      case SLOW_FACTOR -> new SlowRule.TimesP99(policy.getSlowFactor());
      case SLOW_NOT_SET -> SlowRule.NONE;
    };
  }

  private static long nanos(Duration duration) {
    return java.time.Duration.ofSeconds(duration.getSeconds(), duration.getNanos()).toNanos();
  }

  private static KeepOrder order(dev.clearspan.protocol.KeepOrder order) {
    Instant until =
        Instant.ofEpochSecond(order.getUntil().getSeconds(), order.getUntil().getNanos());
    return new KeepOrder(order.getCaller(), until);
  }
}
