package dev.clearspan.rpc.breaker;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;

/**
 * Counts successes and failures of the last {@code window}, in ten slices: a slice that has left
 * the window is replaced as a whole by whoever meets it first. Thread-safe, lock-free; a count that
 * races with the end of its slice may be lost.
 */
final class SlidingWindow {
  private static final int SLICES = 10;

  private final long sliceNanos;
  private final long origin;
  private final AtomicReferenceArray<@Nullable Slice> slices = new AtomicReferenceArray<>(SLICES);

  /** The slice of the last call, nearly always that of the next; may be an older one. */
  private volatile @Nullable Slice last;

  SlidingWindow(long windowNanos, long nowNanos) {
    this.sliceNanos = Math.max(1, windowNanos / SLICES);
    this.origin = nowNanos;
  }

  void succeeded(long nowNanos) {
    slice(nowNanos).successes.incrementAndGet();
  }

  void failed(long nowNanos) {
    slice(nowNanos).failures.incrementAndGet();
  }

  /** Calls and failures in the window. */
  Sum sum(long nowNanos) {
    long oldest = number(nowNanos) - SLICES + 1;
    int failures = 0;
    int calls = 0;
    for (int i = 0; i < SLICES; i++) {
      Slice slice = slices.get(i);
      if (slice != null && slice.number >= oldest) {
        int failed = slice.failures.get();
        failures += failed;
        calls += slice.successes.get() + failed;
      }
    }
    return new Sum(calls, failures);
  }

  private Slice slice(long nowNanos) {
    Slice newest = last;
    if (newest != null && newest.covers(nowNanos)) {
      return newest;
    }
    Slice found = find(nowNanos);
    last = found;
    return found;
  }

  private Slice find(long nowNanos) {
    long number = number(nowNanos);
    int index = (int) (number % SLICES);
    while (true) {
      Slice slice = slices.get(index);
      if (slice != null && slice.number >= number) {
        return slice;
      }
      Slice fresh = new Slice(number, origin + number * sliceNanos, sliceNanos);
      if (slices.compareAndSet(index, slice, fresh)) {
        return fresh;
      }
    }
  }

  private long number(long nowNanos) {
    return Math.max(0, nowNanos - origin) / sliceNanos;
  }

  /** Totals of the window. */
  record Sum(int calls, int failures) {
    double failureRate() {
      return calls == 0 ? 0 : (double) failures / calls;
    }
  }

  private static final class Slice {
    private final long number;
    private final long startNanos;
    private final long lengthNanos;
    private final AtomicInteger successes = new AtomicInteger();
    private final AtomicInteger failures = new AtomicInteger();

    private Slice(long number, long startNanos, long lengthNanos) {
      this.number = number;
      this.startNanos = startNanos;
      this.lengthNanos = lengthNanos;
    }

    boolean covers(long nowNanos) {
      long since = nowNanos - startNanos;
      return since >= 0 && since < lengthNanos;
    }
  }
}
