package dev.clearspan.etcd.embedded;

import com.google.protobuf.ByteString;
import dev.clearspan.etcd.embedded.api.KeyValue;
import java.util.Collections;
import java.util.Comparator;
import java.util.NavigableMap;
import org.jspecify.annotations.Nullable;

/**
 * The keys that a request is about, in the order of their bytes.
 *
 * @param from the first of them
 * @param end the first one behind them; null: none is
 * @param isSingle whether it is {@code from} alone
 */
record KeyRange(ByteString from, @Nullable ByteString end, boolean isSingle) {
  static final Comparator<ByteString> ORDER = ByteString.unsignedLexicographicalComparator();

  private static final ByteString ZERO = ByteString.copyFrom(new byte[1]);

  /**
   * A range as etcd's requests tell it: without an end one key, with the end "\0" all from it on.
   */
  static KeyRange of(ByteString key, ByteString rangeEnd) {
    if (rangeEnd.isEmpty()) {
      return new KeyRange(key, null, true);
    }
    return new KeyRange(key, rangeEnd.equals(ZERO) ? null : rangeEnd, false);
  }

  /** A watch's range: there no key means the first one. */
  static KeyRange watched(ByteString key, ByteString rangeEnd) {
    return of(key.isEmpty() ? ZERO : key, rangeEnd);
  }

  boolean contains(ByteString key) {
    if (isSingle) {
      return key.equals(from);
    }
    return ORDER.compare(key, from) >= 0 && (end == null || ORDER.compare(key, end) < 0);
  }

  /** Whether no key can be in it: its end is not behind its begin. */
  boolean isEmpty() {
    return end != null && ORDER.compare(from, end) >= 0;
  }

  /** The part of the map that is in the range: a view. */
  NavigableMap<ByteString, KeyValue> of(NavigableMap<ByteString, KeyValue> all) {
    if (isSingle) {
      return all.subMap(from, true, from, true);
    }
    if (isEmpty()) {
      return Collections.emptyNavigableMap();
    }
    return end == null ? all.tailMap(from, true) : all.subMap(from, true, end, false);
  }
}
