package dev.clearspan.tracing.internal.record;

/** How much memory the recorder takes: 32 MiB, but at most a sixteenth of the heap. */
public final class RecorderSize {
  private static final long MOST_BYTES = 32L << 20;
  private static final int SHARE_OF_HEAP = 16;
  private static final int FEWEST_SLOTS = 64;

  /** A record, its places in the index, the mark of having been taken, and its share of details. */
  private static final int BYTES_PER_SLOT =
      RecordRing.RECORD_BYTES + TraceIndex.SLOT_BYTES + Integer.BYTES + RecordRing.RECORD_BYTES / 2;

  private RecorderSize() {}

  /** Records in each lane's ring, a power of two. */
  public static int slotsPerLane(int lanes, long heapBytes) {
    long bytes = Math.min(MOST_BYTES, heapBytes / SHARE_OF_HEAP);
    long slots = bytes / lanes / BYTES_PER_SLOT;
    return (int) Long.highestOneBit(Math.max(FEWEST_SLOTS, slots));
  }
}
