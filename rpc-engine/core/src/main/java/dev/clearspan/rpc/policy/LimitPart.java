package dev.clearspan.rpc.policy;

import dev.clearspan.protocol.AdaptiveLimit;
import dev.clearspan.protocol.ClientThrottle;
import dev.clearspan.protocol.LimitPolicy;
import dev.clearspan.protocol.StaticLimit;
import dev.clearspan.rpc.limit.AdaptiveSettings;
import dev.clearspan.rpc.limit.FixedLimit;
import dev.clearspan.rpc.limit.LimitSettings;
import dev.clearspan.rpc.limit.ThrottleSettings;
import java.time.Duration;
import java.util.regex.Pattern;

/** The limit part of a policy: what it must satisfy, and what it says. */
final class LimitPart {
  private static final int MOST_FIXED = 100;
  private static final int MOST_CALLS = 1_000_000;
  private static final double LEAST_RATE = 0.001;

  /** Names of services, and what certificates call their owners: DNS names and URIs. */
  private static final Pattern CALLER = Pattern.compile("\\*|[!-~]{0,255}");

  private LimitPart() {}

  static void check(Findings findings, String path, LimitPolicy policy) {
    AdaptiveLimit adaptive = policy.getAdaptive();
    findings.whole(path + ".adaptive.min", adaptive.getMin(), MOST_CALLS);
    findings.whole(path + ".adaptive.max", adaptive.getMax(), MOST_CALLS);
    if (adaptive.getMax() > 0 && adaptive.getMax() < adaptive.getMin()) {
      findings.found(
          path + ".adaptive.max",
          String.valueOf(adaptive.getMax()),
          "at least min, " + adaptive.getMin());
    }
    findings.duration(
        path + ".maxQueue",
        policy.hasMaxQueue(),
        policy.getMaxQueue(),
        Duration.ofMillis(10),
        Duration.ofMinutes(1));
    findings.atMost(path + ".fixed", policy.getFixedCount(), MOST_FIXED);
    for (int i = 0; i < policy.getFixedCount(); i++) {
      check(findings, path + ".fixed[" + i + "]", policy.getFixed(i));
    }
    double ratio = policy.getThrottle().getRatio();
    if (Double.compare(ratio, 0) != 0) {
      findings.within(path + ".throttle.ratio", ratio, 1.1, 10);
    }
  }

  /** What belongs to the instance or its clients as a whole, and so not to a method. */
  static void checkMethod(Findings findings, String path, LimitPolicy policy) {
    String expected = "absent: it is one for all methods, set service.limit.";
    if (policy.hasAdaptive()) {
      findings.found(path + ".adaptive", "present", expected + "adaptive");
    }
    if (policy.hasMaxQueue()) {
      findings.found(path + ".maxQueue", "present", expected + "maxQueue");
    }
    if (policy.hasThrottle()) {
      findings.found(path + ".throttle", "present", expected + "throttle");
    }
  }

  private static void check(Findings findings, String path, StaticLimit limit) {
    if (!CALLER.matcher(limit.getCaller()).matches()) {
      findings.found(
          path + ".caller",
          limit.getCaller(),
          "a service or a certificate's name of at most 255 characters, \"*\" or none");
    }
    if (Double.compare(limit.getRate(), 0) != 0) {
      findings.within(path + ".rate", limit.getRate(), LEAST_RATE, MOST_CALLS);
    }
    findings.whole(path + ".burst", limit.getBurst(), MOST_CALLS);
    findings.whole(path + ".concurrency", limit.getConcurrency(), MOST_CALLS);
    boolean unlimited = limit.getRate() == 0 && limit.getConcurrency() == 0;
    if (unlimited) {
      findings.found(path, "neither rate nor concurrency", "one of them at least");
    }
    if (limit.getBurst() != 0 && limit.getRate() == 0) {
      findings.found(path + ".burst", String.valueOf(limit.getBurst()), "absent without a rate");
    }
  }

  static LimitSettings read(LimitPolicy policy) {
    LimitSettings or = LimitSettings.DEFAULT;
    return new LimitSettings(
        adaptive(policy.getAdaptive()),
        Fields.duration(policy.hasMaxQueue(), policy.getMaxQueue(), or.maxQueue()),
        policy.getFixedList().stream().map(LimitPart::fixed).toList(),
        throttle(policy.getThrottle()));
  }

  private static AdaptiveSettings adaptive(AdaptiveLimit policy) {
    AdaptiveSettings or = AdaptiveSettings.DEFAULT;
    int max = Fields.number(policy.getMax(), or.max());
    return new AdaptiveSettings(
        policy.hasEnabled() ? policy.getEnabled() : or.enabled(),
        Math.min(max, Fields.number(policy.getMin(), or.min())),
        max);
  }

  private static ThrottleSettings throttle(ClientThrottle policy) {
    ThrottleSettings or = ThrottleSettings.DEFAULT;
    return new ThrottleSettings(
        policy.hasEnabled() ? policy.getEnabled() : or.enabled(),
        Fields.number(policy.getRatio(), or.ratio()));
  }

  private static FixedLimit fixed(StaticLimit limit) {
    int burst = Fields.number(limit.getBurst(), Math.max(1, (int) Math.round(limit.getRate())));
    return new FixedLimit(limit.getCaller(), limit.getRate(), burst, limit.getConcurrency());
  }
}
