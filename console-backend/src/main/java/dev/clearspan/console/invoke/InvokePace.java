package dev.clearspan.console.invoke;

import dev.clearspan.console.problem.ProblemException;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Semaphore;
import java.util.concurrent.locks.ReentrantLock;

/**
 * How much is invoked: {@value #BURST} calls at once and {@value #PER_SECOND} a second for each
 * person or token, {@value #AT_ONCE} under way for all. Thread-safe.
 */
final class InvokePace {
  static final int BURST = 20;
  static final int PER_SECOND = 5;
  static final int AT_ONCE = 8;

  private static final int MOST_CALLERS = 1_000;
  private static final double MILLIS = 1_000;

  private final Clock clock;
  private final Semaphore under = new Semaphore(AT_ONCE);
  private final ReentrantLock lock = new ReentrantLock();

  /** Guarded by lock; the least recently used first. A caller that is forgotten begins anew. */
  private final Map<String, Bucket> buckets =
      new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Bucket> eldest) {
          return size() > MOST_CALLERS;
        }
      };

  private record Bucket(double tokens, long atMillis) {}

  InvokePace(Clock clock) {
    this.clock = clock;
  }

  /**
   * Counts a call.
   *
   * @throws ProblemException 429 if there were too many
   */
  void count(String author) {
    lock.lock();
    try {
      long now = clock.millis();
      Bucket before = buckets.getOrDefault(author, new Bucket(BURST, now));
      double gained = Math.max(0, now - before.atMillis()) / MILLIS * PER_SECOND;
      double tokens = Math.min(BURST, before.tokens() + gained);
      if (tokens < 1) {
        buckets.put(author, new Bucket(tokens, now));
        throw ProblemException.tooMany(
            "You have made %d calls within a moment (expected: %d a second). Try again in a second; to"
                    .formatted(BURST, PER_SECOND)
                + " make many calls, use a client.",
            1);
      }
      buckets.put(author, new Bucket(tokens - 1, now));
    } finally {
      lock.unlock();
    }
  }

  /**
   * Takes a place, to be given back by closing it.
   *
   * @throws ProblemException 429 if all are taken
   */
  Place enter() {
    if (!under.tryAcquire()) {
      throw ProblemException.tooMany(
          AT_ONCE + " calls are under way (expected: fewer). Try again when one of them has ended.",
          1);
    }
    return under::release;
  }

  /** A place among the calls under way. */
  interface Place extends AutoCloseable {
    @Override
    void close();
  }
}
