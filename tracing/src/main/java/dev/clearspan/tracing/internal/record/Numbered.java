package dev.clearspan.tracing.internal.record;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/**
 * Things that records refer to by a small number, for as long as the process runs. At most as many
 * as there is room for; those that come later have no number: 0. Thread-safe; finding what is known
 * takes no lock.
 *
 * @param <K> what it is known by
 */
public final class Numbered<K, V> {
  /** The number of what has none. */
  public static final int NONE = 0;

  private final Map<K, V> byKey = new ConcurrentHashMap<>();
  private final AtomicReferenceArray<@Nullable V> byNumber;
  private final ReentrantLock lock = new ReentrantLock();
  private int last; // guarded by lock

  /** Room for so many. */
  public Numbered(int most) {
    byNumber = new AtomicReferenceArray<>(most + 1);
  }

  /** What is known by this key; null: nothing yet. */
  public @Nullable V find(K key) {
    return byKey.get(key);
  }

  /**
   * What is known by this key; made if there is nothing yet.
   *
   * @param make makes it from its number, which is {@link #NONE} when there is no more room
   */
  public V of(K key, IntFunction<V> make) {
    V known = byKey.get(key);
    return known == null ? add(key, make) : known;
  }

  /** What has this number. */
  public @Nullable V get(int number) {
    return number > NONE && number < byNumber.length() ? byNumber.get(number) : null;
  }

  /** Tells of all that have a number. */
  public void forEach(Consumer<V> action) {
    byKey.values().forEach(action);
  }

  private V add(K key, IntFunction<V> make) {
    lock.lock();
    try {
      V raced = byKey.get(key);
      if (raced != null) {
        return raced;
      }
      if (last + 1 == byNumber.length()) {
        return make.apply(NONE);
      }
      V made = make.apply(++last);
      byNumber.set(last, made);
      byKey.put(key, made);
      return made;
    } finally {
      lock.unlock();
    }
  }
}
