package dev.clearspan.tracing.internal.metric;

import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.BiConsumer;
import java.util.function.Supplier;

/**
 * The series of one metric, at most {@code limit} of them (racing first uses may add as many more
 * as there are threads). What no longer fits goes into one overflow cell and is counted.
 */
final class CellFamily<K extends CellKey, C> {
  private final ConcurrentHashMap<K, C> cells = new ConcurrentHashMap<>();
  private final Supplier<C> factory;
  private final C overflow;
  private final int limit;
  private final LongAdder overflowed;

  CellFamily(Supplier<C> factory, int limit, LongAdder overflowed) {
    this.factory = factory;
    this.overflow = factory.get();
    this.limit = limit;
    this.overflowed = overflowed;
  }

  C cell(K key) {
    C cell = cells.get(key);
    return cell == null ? addCell(key) : cell;
  }

  C overflow() {
    return overflow;
  }

  void forEach(BiConsumer<K, C> action) {
    cells.forEach(action);
  }

  private C addCell(K key) {
    if (cells.mappingCount() >= limit) {
      overflowed.increment();
      return overflow;
    }
    return cells.computeIfAbsent(key, absent -> factory.get());
  }
}
