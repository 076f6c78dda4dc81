package dev.clearspan.rpc.internal.netty;

import io.netty.util.collection.IntObjectHashMap;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What is in flight on a connection, by stream id. Clients give ids in sequence, so the low bits of
 * an id are a place of its own as long as few are in flight; where that place is taken, by a long
 * call or by a client that gives ids otherwise, a map helps out. Unlike in a hash table with linear
 * probing, removing one of a sequence moves nothing. Loop-confined.
 */
final class StreamTable<V> {
  private static final int FIRST_PLACES = 64;
  private static final int MOST_PLACES = 2048;

  private int[] ids = new int[FIRST_PLACES];
  private @Nullable V[] values = newPlaces(FIRST_PLACES);
  private int placed;
  private final IntObjectHashMap<V> displaced = new IntObjectHashMap<>(8);

  void put(int id, V value) {
    if (!displaced.isEmpty() && displaced.containsKey(id)) {
      displaced.put(id, value);
      return;
    }
    if (placed * 2 >= values.length && values.length < MOST_PLACES) {
      grow();
    }
    int place = id & (values.length - 1);
    if (values[place] == null || ids[place] == id) {
      placed += values[place] == null ? 1 : 0;
      ids[place] = id;
      values[place] = value;
    } else {
      displaced.put(id, value);
    }
  }

  @Nullable V get(int id) {
    int place = id & (values.length - 1);
    V value = values[place];
    if (value != null && ids[place] == id) {
      return value;
    }
    return displaced.isEmpty() ? null : displaced.get(id);
  }

  boolean containsKey(int id) {
    return get(id) != null;
  }

  @Nullable V remove(int id) {
    int place = id & (values.length - 1);
    V value = values[place];
    if (value != null && ids[place] == id) {
      values[place] = null;
      placed--;
      return value;
    }
    return displaced.isEmpty() ? null : displaced.remove(id);
  }

  int size() {
    return placed + displaced.size();
  }

  boolean isEmpty() {
    return placed == 0 && displaced.isEmpty();
  }

  /** A copy, in no order. */
  List<V> values() {
    List<V> all = new ArrayList<>(size());
    for (V value : values) {
      if (value != null) {
        all.add(value);
      }
    }
    all.addAll(displaced.values());
    return all;
  }

  void clear() {
    Arrays.fill(values, null);
    placed = 0;
    displaced.clear();
  }

  private void grow() {
    int[] oldIds = ids;
    @Nullable V[] oldValues = values;
    IntObjectHashMap<V> oldDisplaced = new IntObjectHashMap<>(displaced.size() + 1);
    oldDisplaced.putAll(displaced);
    ids = new int[2 * oldIds.length];
    values = newPlaces(2 * oldIds.length);
    placed = 0;
    displaced.clear();
    for (int i = 0; i < oldIds.length; i++) {
      V value = oldValues[i];
      if (value != null) {
        put(oldIds[i], value);
      }
    }
    oldDisplaced.forEach(this::put);
  }

  @SuppressWarnings("unchecked") // holds nothing but V
  private static <V> @Nullable V[] newPlaces(int count) {
    return (V[]) new Object[count];
  }
}
