package dev.clearspan.chaos.load;

import java.util.concurrent.atomic.AtomicLong;

/** What was sent to one instance, told when it ends. Times are {@link System#nanoTime}. */
public final class PeerAttempts {
  private static final long NOT_YET = Long.MAX_VALUE;

  private final AtomicLong answered = new AtomicLong();
  private final AtomicLong lastAfter = new AtomicLong();
  private volatile long incident = NOT_YET;

  /** How many attempts it has answered. */
  public long answered() {
    return answered.get();
  }

  /** Something happens to the instance now: what is sent from here on is looked at. */
  public void incident() {
    lastAfter.set(0);
    incident = System.nanoTime();
  }

  /** How long after the incident the last attempt began, in milliseconds; 0: none did. */
  public long lastAfterIncidentMillis() {
    return lastAfter.get() / 1_000_000;
  }

  void ended(long startNanos, String outcome) {
    long at = incident;
    if (at != NOT_YET && startNanos - at > 0) {
      lastAfter.accumulateAndGet(startNanos - at, Math::max);
    }
    if (outcome.equals("OK")) {
      answered.incrementAndGet();
    }
  }
}
