package dev.clearspan.console.metric;

import java.util.concurrent.locks.ReentrantLock;

/**
 * The recent past of one {@link SeriesKey}: fine slots for the last minute, steps for the last 15.
 * Thread-safe.
 */
final class Series {
  static final int FINE_MILLIS = 200;
  static final int FINE_SLOTS = 60_000 / FINE_MILLIS;
  static final int STEP_MILLIS = 10_000;
  static final int STEPS = 90;

  private final ReentrantLock lock = new ReentrantLock();
  // One more than is asked for: the slot being filled.
  private final SlotRing fine = new SlotRing(FINE_MILLIS, FINE_SLOTS + 1);
  private final SlotRing steps = new SlotRing(STEP_MILLIS, STEPS + 1);
  private long lastMillis = Long.MIN_VALUE;

  void add(long atMillis, LatencyHistogram durations, Ending ending) {
    lock.lock();
    try {
      fine.add(atMillis, durations, ending);
      steps.add(atMillis, durations, ending);
      lastMillis = Math.max(lastMillis, atMillis);
    } finally {
      lock.unlock();
    }
  }

  /**
   * What was counted in the window that ends now, to the grain of a fine slot, or of a step beyond
   * a minute.
   */
  Tally sum(long nowMillis, long windowMillis) {
    boolean recent = windowMillis <= (long) FINE_SLOTS * FINE_MILLIS;
    long slotMillis = recent ? FINE_MILLIS : STEP_MILLIS;
    Tally sum = new Tally();
    lock.lock();
    try {
      (recent ? fine : steps)
          .sum(
              Math.floorDiv(nowMillis - windowMillis, slotMillis),
              Math.floorDiv(nowMillis, slotMillis),
              sum);
      return sum;
    } finally {
      lock.unlock();
    }
  }

  void addSteps(long firstStep, Tally[] tallies) {
    lock.lock();
    try {
      steps.spread(firstStep, tallies);
    } finally {
      lock.unlock();
    }
  }

  boolean idleSince(long millis) {
    lock.lock();
    try {
      return lastMillis < millis;
    } finally {
      lock.unlock();
    }
  }
}
