package dev.clearspan.etcd.embedded;

import com.google.protobuf.ByteString;
import dev.clearspan.etcd.embedded.api.KeyValue;
import java.util.Arrays;
import java.util.NavigableMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The changes since some revision, oldest first, in a ring: what watches catch up from and what
 * older states are computed from. Bounded by count and bytes: what exceeds them is forgotten, by
 * whole revisions, as if it had been compacted. Used by the registry's thread only.
 */
final class History {
  private static final int FIRST_CAPACITY = 1_024;

  private final int mostChanges;
  private final long mostBytes;
  private @Nullable Change[] ring = new Change[FIRST_CAPACITY];
  private int head;
  private int size;
  private long bytes;
  private long first;

  /**
   * An empty history.
   *
   * @param first the revision that comes next
   */
  History(int mostChanges, long mostBytes, long first) {
    this.mostChanges = mostChanges;
    this.mostBytes = mostBytes;
    this.first = first;
  }

  /** The first revision all of whose changes are known. */
  long first() {
    return first;
  }

  int size() {
    return size;
  }

  long bytes() {
    return bytes;
  }

  void add(Change change) {
    if (size == ring.length) {
      grow();
    }
    ring[(head + size) % ring.length] = change;
    size++;
    bytes += change.bytes();
  }

  /** Forgets what exceeds the bounds, but never the newest revision; tells whether it did. */
  boolean trim() {
    boolean exceeded = false;
    while ((size > mostChanges || bytes > mostBytes)
        && get(0).revision() < get(size - 1).revision()) {
      forgetBefore(get(0).revision() + 1);
      exceeded = true;
    }
    return exceeded;
  }

  /** Forgets all changes of earlier revisions. */
  void forgetBefore(long revision) {
    while (size > 0 && get(0).revision() < revision) {
      bytes -= get(0).bytes();
      ring[head] = null;
      head = (head + 1) % ring.length;
      size--;
    }
    first = Math.max(first, revision);
  }

  /** The change at the index, 0 being the oldest. */
  Change get(int index) {
    Change change = ring[(head + index) % ring.length];
    if (index >= size || change == null) {
      throw new IndexOutOfBoundsException("change: " + index + " (expected: < " + size + ")");
    }
    return change;
  }

  /** The newest change of a key that has changed in the newest revision. */
  Change last(ByteString key) {
    int index = size - 1;
    while (!get(index).key().equals(key)) {
      index--;
    }
    return get(index);
  }

  /** The index of the first change of this revision or a later one. */
  int indexOf(long revision) {
    int low = 0;
    int high = size;
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (get(middle).revision() < revision) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low;
  }

  /**
   * The keys of a range as they were.
   *
   * @param now the same range as it is; not changed
   * @param revision at least {@link #first} - 1
   */
  NavigableMap<ByteString, KeyValue> undo(
      NavigableMap<ByteString, KeyValue> now, KeyRange range, long revision) {
    NavigableMap<ByteString, KeyValue> then = new TreeMap<>(KeyRange.ORDER);
    then.putAll(now);
    for (int i = size - 1; i >= 0 && get(i).revision() > revision; i--) {
      Change change = get(i);
      if (range.contains(change.key())) {
        KeyValue before = change.before();
        if (before == null) {
          then.remove(change.key());
        } else {
          then.put(change.key(), before);
        }
      }
    }
    return then;
  }

  private void grow() {
    Change[] larger = new Change[ring.length * 2];
    Arrays.setAll(larger, i -> i < size ? get(i) : null);
    ring = larger;
    head = 0;
  }
}
