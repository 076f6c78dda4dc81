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
 * <p>Records of one trace are found by {@link #newest}: a hash index leads to the newest record of
 * a bucket, and each record to the one before it in its bucket. Where the chain meets a record that
 * was overwritten, all before it were.
 */
public final class RecordRing {
  /** Longs of a record. */
  static final int WORDS = 16;

  /** Bytes a slot takes: the record and its place in the index. */
  public static final int SLOT_BYTES = WORDS * Long.BYTES + Integer.BYTES;

  /** A record that does not exist. */
  public static final long NONE = -1;

  private static final int WORD_BITS = 4;
  private static final int PADDING = 16;
  private static final long BEING_WRITTEN = -1;
  private static final VarHandle WORD = MethodHandles.arrayElementVarHandle(long[].class);
  private static final VarHandle ENTRY = MethodHandles.arrayElementVarHandle(int[].class);
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
  private final int[] index;
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
    index = new int[slots + 2 * PADDING];
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

  /** Completes the record that was begun, files it under its trace, and returns its position. */
  public long publish(int at, long traceIdLow) {
    long position = next;
    int bucket = bucket(traceIdLow);
    words[at + Field.PREVIOUS] = index[bucket];
    WORD.setRelease(words, at, position + 1);
    ENTRY.setRelease(index, bucket, (int) position + 1);
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

  /** The newest record that shares the trace's bucket; {@link #NONE} if there never was one. */
  long newest(long traceIdLow) {
    return position((int) ENTRY.getAcquire(index, bucket(traceIdLow)));
  }

  /** The record before this one in its bucket, as far as it may still be there. */
  long before(long[] copy) {
    return position((int) copy[Field.PREVIOUS]);
  }

  /** Entries have the lower 32 bits of a position plus one, 0 for none. */
  private long position(int entry) {
    if (entry == 0) {
      return NONE;
    }
    long end = written();
    long position = end - 1 - ((int) end - entry & 0xFFFF_FFFFL);
    return end - position > slots ? NONE : position;
  }

  private int at(long position) {
    return PADDING + ((int) (position & slots - 1) << WORD_BITS);
  }

  private int bucket(long traceIdLow) {
    return PADDING + (int) (traceIdLow * 0x9E3779B97F4A7C15L >>> 32 & slots - 1);
  }
}
