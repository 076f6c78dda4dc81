package dev.clearspan.tracing.internal.record;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;

/**
 * Positions of one lane's records that are to be kept, with the reason, on their way to the
 * recorder's thread. One writer at a time, the lane's holder; one reader.
 */
final class WantedRecords {
  private static final int CAPACITY = 1 << 13;
  private static final int REASON_BITS = 4;
  private static final VarHandle HEAD;
  private static final VarHandle TAIL;

  static {
    try {
      MethodHandles.Lookup lookup = MethodHandles.lookup();
      HEAD = lookup.findVarHandle(WantedRecords.class, "head", long.class);
      TAIL = lookup.findVarHandle(WantedRecords.class, "tail", long.class);
    } catch (ReflectiveOperationException e) {
      throw new ExceptionInInitializerError(e);
    }
  }

  private final long[] entries = new long[CAPACITY];
  private long head; // next to be read
  private long tail; // next to be written
  private long seenHead; // what the writer knows of head

  /** Adds a record; false if there is no room. */
  boolean offer(long position, KeepReason reason) {
    if (tail - seenHead == CAPACITY) {
      seenHead = (long) HEAD.getAcquire(this);
      if (tail - seenHead == CAPACITY) {
        return false;
      }
    }
    entries[slot(tail)] = position << REASON_BITS | reason.ordinal();
    TAIL.setRelease(this, tail + 1);
    return true;
  }

  /** Whether the reader had better hurry; asked by the writer. */
  boolean isHalfFull() {
    return tail - seenHead >= CAPACITY / 2 && tail - (long) HEAD.getOpaque(this) >= CAPACITY / 2;
  }

  boolean isEmpty() {
    return (long) TAIL.getAcquire(this) == (long) HEAD.getOpaque(this);
  }

  /** Hands over what is here now; only by the reader. */
  void drain(Taker taker) {
    long end = (long) TAIL.getAcquire(this);
    for (long next = head; next < end; next++) {
      long entry = entries[slot(next)];
      HEAD.setRelease(this, next + 1);
      taker.take(entry >> REASON_BITS, KeepReason.at((int) entry & (1 << REASON_BITS) - 1));
    }
  }

  /** Takes one record. */
  interface Taker {
    void take(long position, KeepReason reason);
  }

  private static int slot(long index) {
    return (int) (index & CAPACITY - 1);
  }
}
