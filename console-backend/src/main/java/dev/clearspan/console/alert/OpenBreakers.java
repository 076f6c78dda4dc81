package dev.clearspan.console.alert;

import dev.clearspan.console.topology.Breaker;
import dev.clearspan.protocol.BreakerState;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Since when breakers are not closed. One that lets a probe through and opens again is the same
 * outage, though its own state began anew. What an operator forces is on purpose and not counted.
 * Thread-safe.
 */
final class OpenBreakers {
  private final ReentrantLock lock = new ReentrantLock();
  private final Map<AlertTarget, Open> open = new HashMap<>(); // guarded by lock

  /** One of them, as it was last seen. */
  record Open(AlertTarget target, Instant since, String cause) {}

  void note(List<Breaker> breakers, Instant now) {
    lock.lock();
    try {
      Set<AlertTarget> seen = new HashSet<>();
      for (Breaker breaker : breakers) {
        AlertTarget target = target(breaker);
        if (counts(breaker, open.containsKey(target))) {
          seen.add(target);
          Instant told = breaker.since() == null ? now : breaker.since();
          open.merge(
              target,
              new Open(target, told.isAfter(now) ? now : told, breaker.cause()),
              (before, fresh) -> new Open(target, before.since(), fresh.cause()));
        }
      }
      open.keySet().retainAll(seen);
    } finally {
      lock.unlock();
    }
  }

  List<Open> all() {
    lock.lock();
    try {
      return List.copyOf(open.values());
    } finally {
      lock.unlock();
    }
  }

  private static boolean counts(Breaker breaker, boolean before) {
    if (breaker.forced() != null) {
      return false;
    }
    return breaker.computed() == BreakerState.OPEN
        || (before && breaker.computed() == BreakerState.HALF_OPEN);
  }

  private static AlertTarget target(Breaker breaker) {
    return new AlertTarget(
        breaker.service(), breaker.method(), breaker.caller(), breaker.instance());
  }
}
