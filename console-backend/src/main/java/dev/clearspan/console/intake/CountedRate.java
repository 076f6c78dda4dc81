package dev.clearspan.console.intake;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;

/** Counts, and tells how many there were a second over the last ten. Thread-safe. */
public final class CountedRate {
  private static final int SECONDS = 10;

  private final LongSupplier nanoTime;
  private final long startNanos;
  private final ReentrantLock lock = new ReentrantLock();
  // One slot more than is told: the second that still runs is not.
  private final long[] counts = new long[SECONDS + 1]; // guarded by lock
  private long newest; // guarded by lock
  private long total; // guarded by lock

  /** Begins to count. */
  public CountedRate(LongSupplier nanoTime) {
    this.nanoTime = nanoTime;
    this.startNanos = nanoTime.getAsLong();
  }

  public void add(long count) {
    lock.lock();
    try {
      advance();
      counts[slot(newest)] += count;
      total += count;
    } finally {
      lock.unlock();
    }
  }

  /** All since the start. */
  public long total() {
    lock.lock();
    try {
      return total;
    } finally {
      lock.unlock();
    }
  }

  /** The mean of the last ten whole seconds, or of as many as there are. */
  public double perSecond() {
    lock.lock();
    try {
      advance();
      long sum = 0;
      for (long count : counts) {
        sum += count;
      }
      long whole = Math.min(newest, SECONDS);
      return whole == 0 ? 0 : (double) (sum - counts[slot(newest)]) / whole;
    } finally {
      lock.unlock();
    }
  }

  private void advance() {
    long now = TimeUnit.NANOSECONDS.toSeconds(nanoTime.getAsLong() - startNanos);
    for (long second = Math.max(newest + 1, now - SECONDS); second <= now; second++) {
      counts[slot(second)] = 0;
    }
    newest = Math.max(newest, now);
  }

  private static int slot(long second) {
    return (int) (second % (SECONDS + 1));
  }
}
