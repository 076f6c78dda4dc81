package dev.clearspan.rpc.client;

import dev.clearspan.rpc.ledger.CallEvent;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The methods of a channel that are in panic, across snapshots of its routes. Counts beginnings and
 * ends. Thread-safe.
 */
final class Panics {
  private final ChannelCounters counters;
  private final Map<String, Panic> inForce = new ConcurrentHashMap<>();

  /** Since when, on the ticker, and why. */
  record Panic(long sinceNanos, String cause) {}

  Panics(ChannelCounters counters) {
    this.counters = counters;
  }

  /** By method. */
  Map<String, Panic> inForce() {
    return inForce;
  }

  /**
   * A method's route was judged.
   *
   * @return the change that this is to how it was; null: none
   */
  CallEvent.@Nullable PanicChanged judged(
      String method, boolean panic, long nowNanos, Supplier<String> cause) {
    if (!panic) {
      return inForce.remove(method) == null ? null : changed(method, false, "few are left out");
    }
    if (inForce.containsKey(method)) {
      return null;
    }
    Panic begun = new Panic(nowNanos, cause.get());
    return inForce.putIfAbsent(method, begun) == null ? changed(method, true, begun.cause()) : null;
  }

  /** Ends what has ended without a call that would have met it. */
  void refresh(Routes routes, long nowNanos) {
    for (String method : inForce.keySet()) {
      routes.route(method).standing(counters.learned.get(), nowNanos);
    }
  }

  private CallEvent.PanicChanged changed(String method, boolean begins, String detail) {
    counters.panicChanged(method, begins);
    return new CallEvent.PanicChanged(begins, detail);
  }
}
