package dev.clearspan.tracing.internal.record;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;

/**
 * All that the recorder has in one lane: the ring, the details, what is wanted of them, and how
 * many spans were written, wanted, shed. Written by the lane's holder only.
 */
public final class LaneRecords {
  private static final VarHandle COUNT = MethodHandles.arrayElementVarHandle(long[].class);
  private static final int PADDING = 16;

  private final RecordRing ring;
  private final DetailSlab details;
  private final WantedRecords wanted = new WantedRecords();
  private final long[] counts = new long[Count.values().length + 2 * PADDING];

  /** What is counted in a lane. */
  enum Count {
    /** Spans that ended. */
    PRODUCED,
    /** Of these, those not wanted when they ended. */
    LOCAL,
    /** Wanted, but there was no room to say so. */
    NOT_QUEUED,
    /** Spans that would have been kept below the threshold. */
    SHED,
    /** Traces of theirs, as far as this lane can tell them apart. */
    SHED_TRACES
  }

  /**
   * Empty records.
   *
   * @param slots of the ring, a power of two
   */
  public LaneRecords(int slots) {
    ring = new RecordRing(slots);
    details = new DetailSlab(Math.max(64, slots / 8), (long) slots * RecordRing.RECORD_BYTES / 2);
  }

  public RecordRing ring() {
    return ring;
  }

  public DetailSlab details() {
    return details;
  }

  WantedRecords wanted() {
    return wanted;
  }

  /**
   * Counts a span that was published, and asks for it to be kept if it has a reason to be.
   *
   * @return whether the recorder's thread had better hurry
   */
  public boolean ended(long position, Keep keep, boolean isTraceHere) {
    add(Count.PRODUCED);
    if (keep.isShed()) {
      add(Count.SHED);
      if (isTraceHere) {
        add(Count.SHED_TRACES);
      }
      return false;
    }
    KeepReason reason = keep.reason();
    if (reason == null) {
      add(Count.LOCAL);
      return false;
    }
    if (!wanted.offer(position, reason)) {
      add(Count.NOT_QUEUED);
    }
    return wanted.isHalfFull();
  }

  long count(Count what) {
    return (long) COUNT.getAcquire(counts, PADDING + what.ordinal());
  }

  private void add(Count what) {
    int at = PADDING + what.ordinal();
    COUNT.setRelease(counts, at, counts[at] + 1);
  }
}
