package dev.clearspan.rpc.limit;

import dev.clearspan.rpc.Criticality;

/**
 * Tells a queue that stands from one that a burst has left. A burst's queue is empty again soon; a
 * queue stands when no call has waited less than the target for a whole interval. That is CoDel's
 * test (Nichols and Jacobson, "Controlling Queue Delay", 2012). Its interval is the longest wait
 * allowed, its target a fifth of that: so a burst that is worked off within that time is never
 * shed, nor are callers whose calls wait a little because there are many of them.
 *
 * <p>While it stands, calls that have waited long are refused, the lesser ones earlier, so that
 * those served are those whose callers still wait (as in Maurer, "Fail at Scale", 2015).
 *
 * <p>Judged by one thread at a time; what it tells may be read by any.
 */
final class QueueWatch {
  private static final int TARGET_PART = 5;

  private volatile long maxQueueNanos;
  private volatile boolean standing;
  private boolean above;
  private long aboveSince;

  QueueWatch(long maxQueueNanos) {
    this.maxQueueNanos = maxQueueNanos;
  }

  void maxQueueNanos(long value) {
    maxQueueNanos = value;
  }

  long maxQueueNanos() {
    return maxQueueNanos;
  }

  long targetNanos() {
    return maxQueueNanos / TARGET_PART;
  }

  /** Whether there is a queue that does not go away. */
  boolean isStanding() {
    return standing;
  }

  /**
   * Learns what was seen until now.
   *
   * @param always calls in flight that are no overload, whatever they wait
   */
  void judge(Tick tick, int always, long now) {
    if (!tick.hasWaits()) {
      return;
    }
    if (tick.leastWaitNanos() <= targetNanos() || tick.peak() <= always) {
      above = false;
      standing = false;
    } else if (!above) {
      above = true;
      aboveSince = now;
    }
    standing |= hasStood(maxQueueNanos, now);
  }

  /** Whether all calls have waited too long for so long. */
  boolean hasStood(long nanos, long now) {
    return above && now - aboveSince >= nanos;
  }

  boolean isAbove() {
    return above;
  }

  /** What was seen says nothing of what comes: waits are looked at anew. */
  void restart() {
    above = false;
  }

  /** It has long been quiet. */
  void reset() {
    above = false;
    standing = false;
  }

  /** What a call of this class may have waited when it gets its thread. */
  long longestWaitNanos(Criticality criticality) {
    long most = maxQueueNanos;
    if (!standing) {
      return most;
    }
    long target = targetNanos();
    return switch (criticality) {
      case CRITICAL_PLUS -> most;
      case CRITICAL -> 4 * target;
      case SHEDDABLE_PLUS -> 2 * target;
      case SHEDDABLE -> target;
    };
  }
}
