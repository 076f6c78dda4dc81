package dev.clearspan.rpc.policy;

import dev.clearspan.protocol.KeepOrder;
import dev.clearspan.protocol.TelemetryPolicy;
import dev.clearspan.rpc.discovery.RegistryNames;
import java.time.Duration;
import java.util.Set;
import java.util.regex.Pattern;

/** What the telemetry part of a policy must satisfy; {@link ServiceTelemetry} reads it. */
final class TelemetryPart {
  private static final int MAX_ATTRIBUTES = 16;
  private static final Duration MILLI = Duration.ofMillis(1);
  private static final Duration HOUR = Duration.ofHours(1);
  private static final Pattern KEY = Pattern.compile("[0-9a-z_.-]{1,64}(?<!-bin)");

  /** Values that must not lie in a trace store. */
  private static final Set<String> SECRET =
      Set.of("authorization", "proxy-authorization", "cookie", "set-cookie");

  private final Findings findings;

  private TelemetryPart(Findings findings) {
    this.findings = findings;
  }

  static void check(Findings findings, String path, TelemetryPolicy policy) {
    new TelemetryPart(findings).check(path, policy);
  }

  private void check(String path, TelemetryPolicy policy) {
    if (policy.hasHeadSampleRate()) {
      findings.within(path + ".headSampleRate", policy.getHeadSampleRate(), 0, 1);
    }
    findings.duration(
        path + ".slowThreshold", policy.hasSlowThreshold(), policy.getSlowThreshold(), MILLI, HOUR);
    if (policy.hasSlowFactor()) {
      findings.within(path + ".slowFactor", policy.getSlowFactor(), 1, 100);
    }
    attributes(path + ".keptAttributes", policy);
    findings.atMost(path + ".keep", policy.getKeepCount(), PolicyRules.MAX_KEEP_ORDERS);
    for (int i = 0; i < policy.getKeepCount(); i++) {
      order(path + ".keep[" + i + "]", policy.getKeep(i));
    }
  }

  private void attributes(String path, TelemetryPolicy policy) {
    findings.atMost(path, policy.getKeptAttributesCount(), MAX_ATTRIBUTES);
    for (int i = 0; i < policy.getKeptAttributesCount(); i++) {
      String key = policy.getKeptAttributes(i);
      if (!KEY.matcher(key).matches()) {
        findings.found(
            path + "[" + i + "]", key, "a metadata key, [0-9a-z_.-]{1,64}, not ending in -bin");
      } else if (SECRET.contains(key)) {
        findings.found(path + "[" + i + "]", key, "a key whose values are no secrets");
      }
    }
  }

  private void order(String path, KeepOrder order) {
    if (!RegistryNames.isName(order.getCaller())) {
      findings.found(path + ".caller", order.getCaller(), "the name of a service");
    }
    if (!order.getMethod().isEmpty() && !PolicyRules.METHOD.matcher(order.getMethod()).matches()) {
      findings.found(path + ".method", order.getMethod(), "package.Service/Method, or none");
    }
    if (!order.hasSince() || !order.hasUntil()) {
      findings.found(path + (order.hasSince() ? ".until" : ".since"), "none", "a moment");
      return;
    }
    double seconds = Fields.seconds(order.getUntil()) - Fields.seconds(order.getSince());
    if (!(seconds > 0 && seconds <= HOUR.toSeconds())) {
      findings.found(
          path + ".until",
          Findings.number(seconds) + "s after since",
          "more than 0s, at most " + Findings.seconds(HOUR) + " after since");
    }
  }
}
