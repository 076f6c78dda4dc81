package dev.clearspan.tracing.internal.record;

import dev.clearspan.rpc.time.Ticker;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;

/**
 * The traces that this process keeps its part of, so that spans which end late are kept, too: the
 * last 65,536 of them, for 60 s each. Known by the lower half of their ids, which is random.
 *
 * <p>A table of sets of four (as in a processor's cache): a set's least recently kept trace makes
 * room. Thread-safe; looking reads one cache line and takes no lock.
 */
public final class KeptTraces {
  static final int CAPACITY = 1 << 16;

  private static final int WAYS = 4;
  private static final long LIFE_NANOS = TimeUnit.SECONDS.toNanos(60);
  private static final VarHandle CELL = MethodHandles.arrayElementVarHandle(long[].class);

  private final Ticker ticker;
  private final ReentrantLock lock = new ReentrantLock();
  private final long[] ids = new long[CAPACITY];
  private final long[] keptAt = new long[CAPACITY];

  public KeptTraces(Ticker ticker) {
    this.ticker = ticker;
  }

  /** Whether the trace is kept. */
  public boolean contains(long traceIdLow) {
    int first = first(traceIdLow);
    for (int cell = first; cell < first + WAYS; cell++) {
      if ((long) CELL.getAcquire(ids, cell) == traceIdLow) {
        return traceIdLow != 0 && ticker.nanos() - keptAt[cell] < LIFE_NANOS;
      }
    }
    return false;
  }

  /** Keeps the trace from now on; true if it was not kept before. */
  public boolean add(long traceIdLow) {
    int first = first(traceIdLow);
    long now = ticker.nanos();
    lock.lock();
    try {
      int place = place(first, traceIdLow);
      boolean isNew = ids[place] != traceIdLow || now - keptAt[place] >= LIFE_NANOS;
      CELL.setOpaque(keptAt, place, now);
      CELL.setRelease(ids, place, traceIdLow);
      return isNew;
    } finally {
      lock.unlock();
    }
  }

  /** Its cell, or an empty one, or the oldest. */
  private int place(int first, long traceIdLow) {
    int oldest = first;
    for (int cell = first; cell < first + WAYS; cell++) {
      if (ids[cell] == traceIdLow || ids[cell] == 0) {
        return cell;
      }
      if (keptAt[cell] - keptAt[oldest] < 0) {
        oldest = cell;
      }
    }
    return oldest;
  }

  private static int first(long traceIdLow) {
    return (int) (traceIdLow * 0x9E3779B97F4A7C15L >>> 40) % (CAPACITY / WAYS) * WAYS;
  }
}
