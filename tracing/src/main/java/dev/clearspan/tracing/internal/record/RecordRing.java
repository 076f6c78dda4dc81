package dev.clearspan.tracing.internal.record;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;

/**
 * The last finished spans of one lane, 128 bytes each, the newest over the oldest.
 *
 * <p>One thread at a time writes, the lane's holder: {@link #begin}, {@link #set}, {@link
 * #publish}. Any thread reads. A record is guarded by its first word (a sequence lock): it is its
 * position plus one when the record is complete, something else while it is written or after it was
 * overwritten. Readers copy and look again, so that they have either the whole record or none.
 *
 * <p>Which records are of one trace the reader finds out, with a {@link TraceIndex}: nearly all
 * records are overwritten without ever being looked for, so the writer spends nothing on it.
 */
public final class RecordRing {
  /** Longs of a record. */
  static final int WORDS = 16;

  /** Bytes of a record. */
  public static final int RECORD_BYTES = WORDS * Long.BYTES;

  private static final int WORD_BITS = 4;
  private static final int PADDING = 16;
  private static final long BEING_WRITTEN = -1;
  private static final VarHandle WORD = MethodHandles.arrayElementVarHandle(long[].class);
  private static final VarHandle NEXT;

  static {
    try {
      NEXT = MethodHandles.lookup().findVarHandle(RecordRing.class, "next", long.class);
    } catch (ReflectiveOperationException e) {
      throw new ExceptionInInitializerError(e);
    }
  }

  private final int slots;
  private final long[] words;
  private long next;

  /** A ring of so many records, a power of two. */
  public RecordRing(int slots) {
    this(slots, 0);
  }

  /** A ring in which so many have been written and overwritten. */
  RecordRing(int slots, long written) {
    if (Integer.bitCount(slots) != 1) {
      throw new IllegalArgumentException("slots: " + slots + " (expected: a power of 2)");
    }
    this.slots = slots;
    this.next = written;
    words = new long[slots * WORDS + 2 * PADDING];
  }

  int slots() {
    return slots;
  }

  /** Begins the next record; returns where its fields go. */
  public int begin() {
    int at = at(next);
    WORD.setOpaque(words, at, BEING_WRITTEN);
    VarHandle.storeStoreFence();
    return at;
  }

  /** Writes one of the {@link Field}s of the record that was begun. */
  public void set(int at, int field, long value) {
    words[at + field] = value;
  }

  /** Completes the record that was begun, and returns its position. */
  public long publish(int at) {
    long position = next;
    WORD.setRelease(words, at, position + 1);
    NEXT.setRelease(this, position + 1);
    return position;
  }

  /** How many records have been written so far. */
  public long written() {
    return (long) NEXT.getAcquire(this);
  }

  /** Copies a record; false if it is not there any more, and then the copy is worthless. */
  boolean read(long position, long[] copy) {
    int at = at(position);
    if ((long) WORD.getAcquire(words, at) != position + 1) {
      return false;
    }
    System.arraycopy(words, at, copy, 0, WORDS);
    VarHandle.loadLoadFence();
    return (long) WORD.getOpaque(words, at) == position + 1;
  }

  /** The trace of the record in this place, be it half written or another one by now. */
  long traceIdLowAt(long position) {
    return (long) WORD.getOpaque(words, at(position) + Field.TRACE_LOW);
  }

  private int at(long position) {
    return PADDING + ((int) (position & slots - 1) << WORD_BITS);
  }
}
