package dev.clearspan.rpc.client;

import dev.clearspan.rpc.breaker.BreakerView;
import dev.clearspan.rpc.breaker.TransitionCause;
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
  final Map<Transition, LongAdder> transitions = new ConcurrentHashMap<>();

  /** Goes up with every transition: whoever derived something from breakers' states looks again. */
  final AtomicLong breakerVersion = new AtomicLong();

  /** A breaker's change of state. */
  record Transition(BreakerView.Name from, BreakerView.Name to, TransitionCause cause) {}

  private volatile Runnable onTransition = () -> {};

  /** Runs after each transition, on the thread that caused it. */
  void onTransition(Runnable action) {
    onTransition = action;
  }

  void transition(BreakerView.Name from, BreakerView.Name to, TransitionCause cause) {
    breakerVersion.incrementAndGet();
    count(transitions, new Transition(from, to, cause));
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
