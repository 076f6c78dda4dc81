package dev.clearspan.tracing.internal.metric;

import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.BiConsumer;

/**
 * The series of one metric, at most {@code limit} of them (racing first uses may add as many more
 * as there are threads). What no longer fits goes into one overflow cell and is counted.
 */
final class CellFamily<K extends CellKey> {
  private final ConcurrentHashMap<K, LatencyHistogram> cells = new ConcurrentHashMap<>();
  private final LatencyHistogram overflow = new LatencyHistogram();
  private final int limit;
  private final LongAdder overflowed;

  CellFamily(int limit, LongAdder overflowed) {
    this.limit = limit;
    this.overflowed = overflowed;
  }

  LatencyHistogram cell(K key) {
    LatencyHistogram cell = cells.get(key);
    return cell == null ? addCell(key) : cell;
  }

  LatencyHistogram overflow() {
    return overflow;
  }

  void forEach(BiConsumer<K, LatencyHistogram> action) {
    cells.forEach(action);
  }

  private LatencyHistogram addCell(K key) {
    if (cells.mappingCount() >= limit) {
      overflowed.increment();
      return overflow;
    }
    return cells.computeIfAbsent(key, absent -> new LatencyHistogram());
  }
}
