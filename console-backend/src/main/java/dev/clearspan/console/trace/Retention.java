package dev.clearspan.console.trace;

import java.util.ArrayList;
import java.util.List;

/** Decides when a slice is full and which slices must go. */
final class Retention {
  // Of the file; the rest is half-full pages, and space that was freed within the last seconds.
  private static final double ROWS_SHARE = 0.5;
  private static final int SLICES_WITHIN_CAP = 8;

  private final long retentionMillis;
  private final long sliceMillis;
  private final long maxRowBytes;

  Retention(TraceStoreConfig config) {
    this.retentionMillis = config.retention().toMillis();
    this.sliceMillis = config.slice().toMillis();
    this.maxRowBytes = (long) (config.maxBytes() * ROWS_SHARE);
  }

  /** Full by time, or so large that dropping it would drop too much at once. */
  boolean isFull(Slice slice, long nowMillis) {
    return nowMillis - slice.openedMillis() >= sliceMillis
        || slice.bytes() >= maxRowBytes / SLICES_WITHIN_CAP;
  }

  /** The slices to drop, oldest first; never the newest. */
  List<Slice> due(List<Slice> slices, long nowMillis) {
    long bytes = slices.stream().mapToLong(Slice::bytes).sum();
    List<Slice> due = new ArrayList<>();
    for (int i = 0; i + 1 < slices.size(); i++) {
      long lastArrival = slices.get(i + 1).openedMillis();
      if (bytes <= maxRowBytes && nowMillis - lastArrival < retentionMillis) {
        break;
      }
      due.add(slices.get(i));
      bytes -= slices.get(i).bytes();
    }
    return due;
  }
}
