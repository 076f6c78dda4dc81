package dev.clearspan.console.registry;

import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** One kind of content, copied only when it changed since the last snapshot. Not thread-safe. */
final class Section<K, V> {
  private final Map<K, V> content = new HashMap<>();
  private Map<K, V> copy = Map.of();
  private boolean changed;

  @Nullable V put(K key, V value) {
    changed = true;
    return content.put(key, value);
  }

  @Nullable V remove(K key) {
    V removed = content.remove(key);
    changed |= removed != null;
    return removed;
  }

  void clear() {
    changed = true;
    content.clear();
  }

  int size() {
    return content.size();
  }

  Map<K, V> copy() {
    if (changed) {
      copy = Map.copyOf(content);
      changed = false;
    }
    return copy;
  }
}
