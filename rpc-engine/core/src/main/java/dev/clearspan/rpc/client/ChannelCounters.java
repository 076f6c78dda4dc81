package dev.clearspan.rpc.client;

import dev.clearspan.rpc.breaker.BreakerView;
import dev.clearspan.rpc.breaker.Transition;
import dev.clearspan.rpc.breaker.TransitionCause;
import dev.clearspan.rpc.outlier.OutlierChange;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;

/** Running totals of one channel. Thread-safe. */
final class ChannelCounters {
  final LongAdder active = new LongAdder();
  final LongAdder throttled = new LongAdder();

  /** Attempts to connect that ended with a connection, and those that did not. */
  final LongAdder connected = new LongAdder();

  final LongAdder notConnected = new LongAdder();

  /** By what was wrong, of a handful of words; "" where nothing was. */
  final Map<String, LongAdder> disconnections = new ConcurrentHashMap<>();

  /** By method. Methods are as many as {@link Routes#MAX_METHODS} allows. */
  final Map<String, LongAdder> retries = new ConcurrentHashMap<>();

  final Map<String, LongAdder> notPermitted = new ConcurrentHashMap<>();
  final Map<BreakerChange, LongAdder> transitions = new ConcurrentHashMap<>();

  final Map<OutlierChange, LongAdder> outlierChanges = new ConcurrentHashMap<>();
  final Map<PanicChange, LongAdder> panicChanges = new ConcurrentHashMap<>();
  final Panics panics = new Panics(this);

  /**
   * Goes up with every transition of a breaker and every ejection: whoever derived something from
   * what was learned of endpoints looks again.
   */
  final AtomicLong learned = new AtomicLong();

  final Map<String, LongAdder> hedges = new ConcurrentHashMap<>();
  final Map<Kind, LongAdder> fallbacks = new ConcurrentHashMap<>();
  final Map<Kind, LongAdder> fallbacksFailed = new ConcurrentHashMap<>();
  final Map<Kind, LongAdder> faults = new ConcurrentHashMap<>();

  /** A method, and a word of a closed list. */
  record Kind(String method, String kind) {}

  /** A breaker's change of state. */
  record BreakerChange(BreakerView.Name from, BreakerView.Name to, TransitionCause cause) {}

  /** Panic began or ended. */
  record PanicChange(String method, boolean begins) {}

  private volatile Runnable onTransition = () -> {};

  /** Runs after each transition, ejection or panic, on the thread that caused it. */
  void onTransition(Runnable action) {
    onTransition = action;
  }

  void transition(Transition change) {
    learned.incrementAndGet();
    count(transitions, new BreakerChange(change.from(), change.to(), change.cause()));
    onTransition.run();
  }

  void outlier(OutlierChange change) {
    learned.incrementAndGet();
    count(outlierChanges, change);
    onTransition.run();
  }

  void panicChanged(String method, boolean begins) {
    count(panicChanges, new PanicChange(method, begins));
    onTransition.run();
  }

  /** Something else than a breaker has changed that the status tells of. */
  void changed() {
    onTransition.run();
  }

  static <K> void count(Map<K, LongAdder> counters, K key) {
    counters.computeIfAbsent(key, k -> new LongAdder()).increment();
  }
}
