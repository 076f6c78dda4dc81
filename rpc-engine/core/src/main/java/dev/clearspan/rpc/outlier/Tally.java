package dev.clearspan.rpc.outlier;

import java.util.concurrent.atomic.AtomicIntegerArray;

/**
 * Counts what becomes of the calls to one instance: failures, and successes by the time they took,
 * four counters to each doubling, so that a median is right to 13%. Thread-safe, lock-free,
 * allocates nothing; a count that races with {@link #drain} belongs to the next interval.
 */
public final class Tally {
  private static final int FAILURES = 0;
  private static final int UNTIMED = 1;
  private static final int TIMED = 2;

  /** Times below 2^10 ns count as that, times above 2^40 ns (18 min) as that. */
  private static final int SHORTEST_BITS = 10;

  private static final int OCTAVES = 31;
  private static final int PARTS = 4;
  private static final int PART_BITS = 2;

  private static final Sum NOTHING = new Sum(0, 0, 0, 0);

  private final AtomicIntegerArray counts = new AtomicIntegerArray(TIMED + OCTAVES * PARTS);

  /** Whether anything was counted: of many instances few are called in an interval. */
  private volatile boolean used;

  /** What was counted; the median is that of successes, 0 if none was timed. */
  record Sum(int calls, int failures, int timed, double medianNanos) {
    double errorRate() {
      return calls == 0 ? 0 : (double) failures / calls;
    }
  }

  /** A call went well; less than 0 if its time is not known or says nothing. */
  public void succeeded(long tookNanos) {
    count(tookNanos < 0 ? UNTIMED : cell(tookNanos));
  }

  /** A call failed as {@link dev.clearspan.rpc.breaker.FailureCodes} have it. */
  public void failed() {
    count(FAILURES);
  }

  /** Counted first: what {@link #drain} has passed marks it used again. */
  private void count(int cell) {
    counts.incrementAndGet(cell);
    if (!used) {
      used = true;
    }
  }

  /** What was counted since this was asked last. */
  Sum drain() {
    if (!used) {
      return NOTHING;
    }
    used = false;
    int failures = counts.getAndSet(FAILURES, 0);
    int untimed = counts.getAndSet(UNTIMED, 0);
    int[] taken = new int[OCTAVES * PARTS];
    int timed = 0;
    for (int i = 0; i < taken.length; i++) {
      if (counts.get(TIMED + i) != 0) {
        taken[i] = counts.getAndSet(TIMED + i, 0);
        timed += taken[i];
      }
    }
    return new Sum(failures + untimed + timed, failures, timed, median(taken, timed));
  }

  private static double median(int[] taken, int timed) {
    int left = (timed + 1) / 2;
    for (int i = 0; i < taken.length && timed > 0; i++) {
      left -= taken[i];
      if (left <= 0) {
        return middle(i);
      }
    }
    return 0;
  }

  private static int cell(long nanos) {
    long units = Math.max(1, nanos >>> SHORTEST_BITS);
    int octave = Math.min(OCTAVES - 1, 63 - Long.numberOfLeadingZeros(units));
    int part = (int) ((units << PART_BITS) >>> octave) & (PARTS - 1);
    return TIMED + octave * PARTS + part;
  }

  private static double middle(int cell) {
    double octave = (double) (1L << (SHORTEST_BITS + cell / PARTS));
    return octave * (1 + (cell % PARTS + 0.5) / PARTS);
  }
}
