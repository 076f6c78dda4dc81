package dev.clearspan.tracing.internal.record;

import java.util.List;
import java.util.function.Consumer;

/** Looks through the newest records of all lanes. Not thread-safe. */
public final class RecentRecords {
  private final List<LaneRecords> lanes;
  private final SpanRecord copy = new SpanRecord();

  public RecentRecords(List<LaneRecords> lanes) {
    this.lanes = List.copyOf(lanes);
  }

  /**
   * Tells of the newest records that are whole, of each lane at most so many.
   *
   * @param reader is given a copy that is valid during the call only
   */
  public void forEach(int mostPerLane, Consumer<SpanRecord> reader) {
    for (LaneRecords lane : lanes) {
      RecordRing ring = lane.ring();
      long end = ring.written();
      for (long at = Math.max(0, end - Math.min(mostPerLane, ring.slots())); at < end; at++) {
        if (ring.read(at, copy.words)) {
          reader.accept(copy);
        }
      }
    }
  }
}
