package dev.clearspan.rpc.breaker;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;

/**
 * Counts calls, failures and slow calls of the last {@code window}, in ten slices: a slice that has
 * left the window is replaced as a whole by whoever meets it first. Thread-safe, lock-free; a count
 * that races with the end of its slice may be lost.
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

  void succeeded(long nowNanos, boolean slow) {
    count(slice(nowNanos), slow);
  }

  void failed(long nowNanos, boolean slow) {
    Slice now = slice(nowNanos);
    count(now, slow);
    now.failures.incrementAndGet();
  }

  /** First the call: whoever sees that it was slow, or that it failed, sees it among the calls. */
  private static void count(Slice now, boolean slow) {
    now.calls.incrementAndGet();
    if (slow) {
      now.slow.incrementAndGet();
    }
  }

  /** Calls, failures and slow calls in the window. */
  Sum sum(long nowNanos) {
    long oldest = number(nowNanos) - SLICES + 1;
    int failures = 0;
    int slow = 0;
    int calls = 0;
    for (int i = 0; i < SLICES; i++) {
      Slice slice = slices.get(i);
      if (slice != null && slice.number >= oldest) {
        failures += slice.failures.get();
        slow += slice.slow.get();
        calls += slice.calls.get();
      }
    }
    return new Sum(calls, failures, slow);
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
  record Sum(int calls, int failures, int slow) {
    double failureRate() {
      return calls == 0 ? 0 : (double) failures / calls;
    }

    double slowRate() {
      return calls == 0 ? 0 : (double) slow / calls;
    }
  }

  private static final class Slice {
    private final long number;
    private final long startNanos;
    private final long lengthNanos;
    private final AtomicInteger calls = new AtomicInteger();
    private final AtomicInteger failures = new AtomicInteger();
    private final AtomicInteger slow = new AtomicInteger();

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
