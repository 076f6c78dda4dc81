package dev.clearspan.rpc.limit;

import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;

/**
 * Gathers what calls tell until somebody takes it. Thread-safe without locks; a call that tells
 * while it is taken may be in part in this tick and in part in the next.
 */
final class Meter {
  private final LongAdder starts = new LongAdder();
  private final LongAdder waitNanos = new LongAdder();
  private final AtomicLong leastWaitNanos = new AtomicLong(Tick.NO_WAIT);
  private final LongAdder ends = new LongAdder();
  private final LongAdder handlerNanos = new LongAdder();
  private final LongAdder outcomes = new LongAdder();
  private final LongAdder expired = new LongAdder();
  private volatile int peak; // races only lose a sample

  /** A call has its thread; {@code tells}: its wait says something of the limit as it is now. */
  void started(long waited, boolean tells, int inFlight) {
    starts.increment();
    waitNanos.add(waited);
    inFlight(inFlight);
    if (tells && waited < leastWaitNanos.get()) {
      leastWaitNanos.accumulateAndGet(waited, Math::min);
    }
  }

  /** So many calls are in handlers or wait for one. */
  void inFlight(int calls) {
    if (calls > peak) {
      peak = calls;
    }
  }

  /** A handler took so long. */
  void handled(long nanos) {
    ends.increment();
    handlerNanos.add(nanos);
  }

  /** A call was answered or ran out of time. */
  void ended(boolean outOfTime) {
    outcomes.increment();
    if (outOfTime) {
      expired.increment();
    }
  }

  /** What was told since the last time, that long ago. */
  Tick take(long nanos) {
    long began = starts.sumThenReset();
    long waited = waitNanos.sumThenReset();
    long ended = ends.sumThenReset();
    long took = handlerNanos.sumThenReset();
    int most = peak;
    peak = 0;
    return new Tick(
        nanos,
        began,
        waited / Math.max(1, began),
        leastWaitNanos.getAndSet(Tick.NO_WAIT),
        ended,
        took / Math.max(1, ended),
        outcomes.sumThenReset(),
        expired.sumThenReset(),
        most);
  }
}
