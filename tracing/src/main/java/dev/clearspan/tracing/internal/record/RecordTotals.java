package dev.clearspan.tracing.internal.record;

import java.util.List;
import java.util.concurrent.atomic.LongAdder;

/**
 * What became of the spans that ended: produced = handed out + local + lost + shed, exactly, once
 * writers are quiet and what is wanted has been taken. Any thread may read.
 */
public final class RecordTotals {
  private final List<LaneRecords> lanes;
  private final RecordReader reader;
  private final LongAdder claimed = new LongAdder();
  private final LongAdder lostBeforeWanted = new LongAdder();

  public RecordTotals(List<LaneRecords> lanes, RecordReader reader) {
    this.lanes = lanes;
    this.reader = reader;
  }

  /** A span that was left in the ring is kept after all; told by the recorder's thread. */
  public void claimed() {
    claimed.increment();
  }

  /** Spans that were left in the ring turned out to be wanted when they had been overwritten. */
  public void lostBeforeWanted(int spans) {
    lostBeforeWanted.add(spans);
  }

  /** Spans that ended. */
  public long produced() {
    return sum(LaneRecords.Count.PRODUCED);
  }

  /** Spans that nobody wanted. */
  public long local() {
    return sum(LaneRecords.Count.LOCAL) - claimed.sum() - lostBeforeWanted.sum();
  }

  /** Spans handed to the exporter for a reason. */
  public long kept(KeepReason reason) {
    return reader.kept(reason);
  }

  /** Wanted, but overwritten before that was known or done. */
  public long overwritten() {
    return reader.overwritten() + lostBeforeWanted.sum();
  }

  /** Wanted, but too many were at once. */
  public long notQueued() {
    return sum(LaneRecords.Count.NOT_QUEUED);
  }

  /** Spans shed. */
  public long shed() {
    return sum(LaneRecords.Count.SHED);
  }

  /** Traces shed. */
  public long shedTraces() {
    return sum(LaneRecords.Count.SHED_TRACES);
  }

  /**
   * How long ago the records ended that are overwritten now: the shortest of the lanes that are
   * full.
   *
   * @return {@link Long#MAX_VALUE} while none is
   */
  public long horizonNanos(long nowNanos) {
    long horizon = Long.MAX_VALUE;
    SpanRecord copy = new SpanRecord();
    for (LaneRecords lane : lanes) {
      RecordRing ring = lane.ring();
      long oldest = ring.written() - ring.slots();
      if (oldest >= 0 && ring.read(oldest, copy.words)) {
        long ended = copy.startNanos() + copy.durationNanos();
        horizon = Math.min(horizon, nowNanos - ended);
      }
    }
    return horizon;
  }

  private long sum(LaneRecords.Count what) {
    long sum = 0;
    for (LaneRecords lane : lanes) {
      sum += lane.count(what);
    }
    return sum;
  }
}
