package dev.clearspan.rpc.breaker;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicReferenceFieldUpdater;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * The breaker that outcomes drive. Its state is one object, replaced by compare-and-set:
 *
 * <pre>
 * Closed --(failures in a row, failure rate, slow-call rate)--> Open --(time is up, first call)--> HalfOpen
 *    ^                                                           ^                                 |  |
 *    |                                                           +-------(a probe failed)----------+  |
 *    +--------------------------------(all probes succeeded)------------------------------------------+
 * </pre>
 *
 * The open time doubles with each failed probe, with 20% jitter so that many clients don't probe
 * together, and starts over once closed. Outcomes of calls admitted in an earlier state are told to
 * that state and change nothing. Thread-safe, lock-free, linearizable.
 */
public final class SlidingWindowBreaker implements CircuitBreaker {
  private static final AtomicReferenceFieldUpdater<SlidingWindowBreaker, BreakerState> STATE =
      AtomicReferenceFieldUpdater.newUpdater(
          SlidingWindowBreaker.class, BreakerState.class, "state");

  private final BreakerSettings settings;
  private final long slowNanos;
  private final RandomGenerator random;
  private final BreakerListener listener;
  private volatile BreakerState state;

  /** A closed breaker. */
  public SlidingWindowBreaker(
      BreakerSettings settings, long nowNanos, RandomGenerator random, BreakerListener listener) {
    this.settings = settings;
    Duration slow = settings.slowCall();
    this.slowNanos = slow.isZero() ? Long.MAX_VALUE : slow.toNanos();
    this.random = random;
    this.listener = listener;
    this.state = new ClosedSpell(this, nowNanos).unbroken();
  }

  @Override
  public boolean permits(long nowNanos) {
    return state.permits(nowNanos);
  }

  @Override
  public @Nullable Permit acquire(long nowNanos) {
    return state.acquire(nowNanos);
  }

  @Override
  public BreakerView computed() {
    return state.view();
  }

  @Override
  public @Nullable ForcedState forced() {
    return null;
  }

  /** Admits a call whatever the state and counts its outcome without ever opening. */
  Permit counting() {
    return state instanceof Closed closed ? closed.spell().counting() : UNCOUNTED;
  }

  public BreakerSettings settings() {
    return settings;
  }

  BreakerState state() {
    return state;
  }

  boolean isSlow(long tookNanos) {
    return tookNanos >= slowNanos;
  }

  /** Puts a state that means the same to callers in place of another. */
  boolean exchange(BreakerState before, BreakerState after) {
    return STATE.compareAndSet(this, before, after);
  }

  /** Moves on from a state that is still the current one, and tells so. */
  boolean replace(BreakerState before, BreakerState after, Transition change) {
    if (!exchange(before, after)) {
      return false;
    }
    listener.changed(change);
    return true;
  }

  /** The same; null if somebody else was faster. */
  @Nullable Transition replace(
      BreakerState before, BreakerState after, TransitionCause cause, String detail) {
    Transition change = new Transition(before.view().state(), after.view().state(), cause, detail);
    return replace(before, after, change) ? change : null;
  }

  /** Opens, for the {@code openings}th time in a row; {@code detail} says why to people. */
  @Nullable Transition open(
      BreakerState before, long nowNanos, int openings, TransitionCause cause, String detail) {
    long until = nowNanos + openNanos(openings);
    return replace(before, new Open(this, nowNanos, until, openings, detail), cause, detail);
  }

  private long openNanos(int openings) {
    long first = settings.open().toNanos();
    long max = settings.maxOpen().toNanos();
    int doublings = Math.min(openings - 1, 30);
    long base = first > max >> doublings ? max : first << doublings;
    return (long) (base * (0.8 + 0.4 * random.nextDouble()));
  }
}
