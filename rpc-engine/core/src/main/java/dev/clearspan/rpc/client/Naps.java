package dev.clearspan.rpc.client;

import dev.clearspan.protocol.InstanceControl;
import dev.clearspan.rpc.client.Routes.Target;
import dev.clearspan.rpc.control.ServiceRules;
import java.time.Duration;
import java.time.Instant;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** When routes change by themselves: weights of newcomers rise, what operators set expires. */
final class Naps {
  /** Expiries are looked at this often at least, in case the wall clock is set. */
  private static final Duration LONGEST = Duration.ofMinutes(1);

  private Naps() {}

  /** How long these routes stay as they are; null: until somebody changes them. */
  static @Nullable Duration next(Routes routes, ServiceRules rules, Instant now) {
    if (isWarming(routes)) {
      return SlowStart.STEP;
    }
    return Stream.concat(routes.forced().expiries(), controlExpiries(rules, now))
        .map(expiry -> Duration.between(now, expiry))
        .min(Duration::compareTo)
        .map(nap -> nap.compareTo(LONGEST) < 0 ? nap : LONGEST)
        .orElse(null);
  }

  private static boolean isWarming(Routes routes) {
    Duration slowStart = routes.longestSlowStart();
    return routes.targets().stream()
        .map(Target::slowStart)
        .anyMatch(start -> start.readyNanos() != null && start.isUnderWay(slowStart));
  }

  private static Stream<Instant> controlExpiries(ServiceRules rules, Instant now) {
    return rules.controls().values().stream()
        .filter(InstanceControl::hasExpiresAt)
        .map(Verdict::expiry)
        .filter(now::isBefore);
  }
}
