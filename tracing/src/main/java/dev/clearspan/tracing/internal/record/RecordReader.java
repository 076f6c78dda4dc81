package dev.clearspan.tracing.internal.record;

import java.util.List;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/**
 * Takes records out of the rings, each at most once. Used by the recorder's thread only, but for
 * the counts.
 */
public final class RecordReader {
  private final List<LaneRecords> lanes;
  private final TraceIndex[] indexes;
  private final int[][] claimed;
  private final SpanRecord wanted = new SpanRecord();
  private final AtomicLongArray keptByReason = new AtomicLongArray(KeepReason.values().length);
  private final LongAdder overwritten = new LongAdder();

  public RecordReader(List<LaneRecords> lanes) {
    this.lanes = lanes;
    this.indexes = new TraceIndex[lanes.size()];
    this.claimed = new int[lanes.size()][];
    for (int lane = 0; lane < lanes.size(); lane++) {
      RecordRing ring = lanes.get(lane).ring();
      indexes[lane] = new TraceIndex(ring);
      claimed[lane] = new int[ring.slots()];
    }
  }

  /** Takes a wanted record; the copy is valid during the call only. */
  public interface WantedTaker {
    void take(SpanRecord record, int lane, KeepReason reason);
  }

  /** Is told of a record of the trace, of which a copy was just made. */
  public interface Found {
    void found(int lane, long position);
  }

  public boolean nothingWanted() {
    return lanes.stream().allMatch(lane -> lane.wanted().isEmpty());
  }

  /** Hands over what is wanted and still there; counts what is not. */
  public void drainWanted(WantedTaker taker) {
    for (int i = 0; i < lanes.size(); i++) {
      int lane = i;
      lanes
          .get(lane)
          .wanted()
          .drain((position, reason) -> takeWanted(lane, position, reason, taker));
    }
  }

  private void takeWanted(int lane, long position, KeepReason reason, WantedTaker taker) {
    if (lanes.get(lane).ring().read(position, wanted.words)) {
      keptByReason.incrementAndGet(reason.ordinal());
      taker.take(wanted, lane, reason);
    } else {
      overwritten.increment();
    }
  }

  /** Copies each record of a trace that is still there, newest first in each lane. */
  public void search(long traceIdHigh, long traceIdLow, SpanRecord copy, Found found) {
    for (int lane = 0; lane < lanes.size(); lane++) {
      TraceIndex index = indexes[lane];
      index.catchUp();
      long position = index.newest(traceIdLow);
      while (position != TraceIndex.NONE && lanes.get(lane).ring().read(position, copy.words)) {
        if (copy.isOf(traceIdHigh, traceIdLow)) {
          found.found(lane, position);
        }
        position = index.before(position);
      }
    }
  }

  /** Takes a record that nobody wanted when it was written; false if it was taken before. */
  public boolean claim(int lane, long position) {
    int[] places = claimed[lane];
    int place = (int) (position & places.length - 1);
    int mark = (int) position + 1;
    if (places[place] == mark) {
      return false;
    }
    places[place] = mark;
    keptByReason.incrementAndGet(KeepReason.TRACE.ordinal());
    return true;
  }

  /** What has no place in the record; null: nothing, or it is not there any more. */
  public @Nullable Detail detail(int lane, SpanRecord record) {
    return record.detail() == 0 ? null : lanes.get(lane).details().get(record.detail());
  }

  long kept(KeepReason reason) {
    return keptByReason.get(reason.ordinal());
  }

  /** Wanted records that were overwritten before this reader came. */
  long overwritten() {
    return overwritten.sum();
  }
}
