package dev.clearspan.tracing.internal.export;

import java.time.Duration;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * When metrics are pushed: at the interval of this process' own settings, else at the fleet's,
 * which may change at any time and then counts from the last push. Thread-safe; one thread waits.
 */
public final class PushCadence {
  private static final Duration DEFAULT = Duration.ofSeconds(1);

  private final boolean fixed;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private Duration interval; // guarded by lock, as are the others
  private long lastTurnNanos = System.nanoTime();
  private boolean closed;

  /** A cadence; null: the fleet's, every second until it is known. */
  public PushCadence(@Nullable Duration ownInterval) {
    fixed = ownInterval != null;
    interval = ownInterval != null ? ownInterval : DEFAULT;
  }

  /** The fleet's interval is news. */
  public void fleet(Duration value) {
    lock.lock();
    try {
      interval = fixed ? interval : value;
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /** Waits for the next turn; false: there will be none. */
  boolean awaitTurn() throws InterruptedException {
    lock.lock();
    try {
      long left = nanosLeft();
      while (!closed && left > 0) {
        long unused = changed.awaitNanos(left);
        left = nanosLeft();
      }
      lastTurnNanos = System.nanoTime();
      return !closed;
    } finally {
      lock.unlock();
    }
  }

  void close() {
    lock.lock();
    try {
      closed = true;
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  private long nanosLeft() {
    return lastTurnNanos + interval.toNanos() - System.nanoTime();
  }
}
