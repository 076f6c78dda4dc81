package dev.clearspan.tracing.internal.record;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import org.jspecify.annotations.Nullable;

/**
 * The last details of one lane, bounded by number and by bytes; the oldest make room. Written by
 * the lane's holder, read by any thread: an entry that is not the one asked for is not there any
 * more.
 */
public final class DetailSlab {
  private static final VarHandle ENTRY = MethodHandles.arrayElementVarHandle(Entry[].class);

  private final @Nullable Entry[] entries;
  private final long mostBytes;
  private long next;
  private long oldest;
  private long bytes;

  private record Entry(long place, Detail detail, int bytes) {}

  /**
   * An empty one.
   *
   * @param most entries, a power of two
   */
  public DetailSlab(int most, long mostBytes) {
    this.entries = new Entry[most];
    this.mostBytes = mostBytes;
  }

  /** Adds a detail and returns its place plus one; a detail too large for the slab gets none: 0. */
  public long add(Detail detail) {
    int size = detail.bytes();
    if (size > mostBytes) {
      return 0;
    }
    while (next - oldest == entries.length || (oldest < next && bytes + size > mostBytes)) {
      dropOldest();
    }
    long place = next++;
    bytes += size;
    ENTRY.setRelease(entries, slot(place), new Entry(place, detail, size));
    return place + 1;
  }

  /** The detail, if it is still there. */
  @Nullable Detail get(long placePlusOne) {
    Entry entry = (Entry) ENTRY.getAcquire(entries, slot(placePlusOne - 1));
    return entry != null && entry.place == placePlusOne - 1 ? entry.detail : null;
  }

  private void dropOldest() {
    Entry entry = entries[slot(oldest)];
    if (entry != null) {
      bytes -= entry.bytes;
    }
    ENTRY.setRelease(entries, slot(oldest), null);
    oldest++;
  }

  private int slot(long place) {
    return (int) (place & entries.length - 1);
  }
}
