package dev.clearspan.tracing.internal.record;

/**
 * Which records of a ring are of one trace. A hash table leads to the newest record of a bucket,
 * and each record to the one before it in its bucket. Made by whoever looks, from what was written
 * since the last look. Not thread-safe.
 */
final class TraceIndex {
  /** A record that does not exist. */
  static final long NONE = -1;

  /** Bytes for each record of the ring. */
  static final int SLOT_BYTES = 2 * Integer.BYTES;

  private final RecordRing ring;

  /** For each bucket and each place: the lower 32 bits of a position plus one, 0 for none. */
  private final int[] newest;

  private final int[] before;

  /** All records before this position were filed. */
  private long filed;

  TraceIndex(RecordRing ring) {
    this.ring = ring;
    newest = new int[ring.slots()];
    before = new int[ring.slots()];
  }

  /** Files what was written since. A record that is overwritten meanwhile is filed anywhere. */
  void catchUp() {
    long end = ring.written();
    for (long position = Math.max(filed, end - ring.slots()); position < end; position++) {
      int bucket = bucket(ring.traceIdLowAt(position));
      before[place(position)] = newest[bucket];
      newest[bucket] = (int) position + 1;
    }
    filed = end;
  }

  /** The newest record that shares the trace's bucket, or {@link #NONE}. */
  long newest(long traceIdLow) {
    return position(newest[bucket(traceIdLow)]);
  }

  /** The record before this one in its bucket, or {@link #NONE}. */
  long before(long position) {
    return position(before[place(position)]);
  }

  /** What the ring has no place for any more does not exist. */
  private long position(int entry) {
    if (entry == 0) {
      return NONE;
    }
    long position = filed - 1 - ((int) filed - entry & 0xFFFF_FFFFL);
    return filed - position > ring.slots() ? NONE : position;
  }

  private int place(long position) {
    return (int) (position & ring.slots() - 1);
  }

  private int bucket(long traceIdLow) {
    return (int) (traceIdLow * 0x9E3779B97F4A7C15L >>> 32 & ring.slots() - 1);
  }
}
