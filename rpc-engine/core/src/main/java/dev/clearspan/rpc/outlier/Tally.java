package dev.clearspan.rpc.outlier;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;

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

  /** The mark of what has no time: that of octaves are the bits below. */
  private static final int OF_NO_TIME = 1 << OCTAVES;

  private static final Sum NOTHING = new Sum(0, 0, 0, 0);
  private static final VarHandle COUNTS = MethodHandles.arrayElementVarHandle(int[].class);
  private static final VarHandle MARKS;

  static {
    try {
      MARKS = MethodHandles.lookup().findVarHandle(Tally.class, "marks", int.class);
    } catch (ReflectiveOperationException e) {
      throw new ExceptionInInitializerError(e);
    }
  }

  private final int[] counts = new int[TIMED + OCTAVES * PARTS];

  /** In which octaves anything was counted: of many few are, and most lie in other cache lines. */
  private volatile int marks;

  private final Runnable firstCounted;

  /** What was counted; the median is that of successes, 0 if none was timed. */
  record Sum(int calls, int failures, int timed, double medianNanos) {
    double errorRate() {
      return calls == 0 ? 0 : (double) failures / calls;
    }
  }

  /**
   * @param firstCounted is run by whoever counts first after a {@link #drain}
   */
  Tally(Runnable firstCounted) {
    this.firstCounted = firstCounted;
  }

  /** A call went well; less than 0 if its time is not known or says nothing. */
  public void succeeded(long tookNanos) {
    if (tookNanos < 0) {
      count(UNTIMED, OF_NO_TIME);
    } else {
      long units = Math.max(1, tookNanos >>> SHORTEST_BITS);
      int octave = Math.min(OCTAVES - 1, 63 - Long.numberOfLeadingZeros(units));
      int part = (int) ((units << PART_BITS) >>> octave) & (PARTS - 1);
      count(TIMED + octave * PARTS + part, 1 << octave);
    }
  }

  /** A call failed as {@link dev.clearspan.rpc.breaker.FailureCodes} have it. */
  public void failed() {
    count(FAILURES, OF_NO_TIME);
  }

  /** Counted first: what {@link #drain} has passed is marked again. */
  private void count(int cell, int mark) {
    COUNTS.getAndAdd(counts, cell, 1);
    if ((marks & mark) == 0 && (int) MARKS.getAndBitwiseOr(this, mark) == 0) {
      firstCounted.run();
    }
  }

  /** What was counted since this was asked last. */
  Sum drain() {
    if (marks == 0) {
      return NOTHING;
    }
    int marked = (int) MARKS.getAndSet(this, 0);
    int failures = 0;
    int untimed = 0;
    if ((marked & OF_NO_TIME) != 0) {
      failures = take(FAILURES);
      untimed = take(UNTIMED);
    }
    int[] octaves = octaves(marked & ~OF_NO_TIME);
    int[] taken = new int[octaves.length * PARTS];
    int timed = 0;
    for (int i = 0; i < taken.length; i++) {
      taken[i] = take(TIMED + octaves[i / PARTS] * PARTS + i % PARTS);
      timed += taken[i];
    }
    return new Sum(failures + untimed + timed, failures, timed, median(octaves, taken, timed));
  }

  private int take(int cell) {
    return (int) COUNTS.getVolatile(counts, cell) == 0
        ? 0
        : (int) COUNTS.getAndSet(counts, cell, 0);
  }

  /** The numbers of the bits, lowest first. */
  private static int[] octaves(int marked) {
    int[] octaves = new int[Integer.bitCount(marked)];
    int rest = marked;
    for (int i = 0; i < octaves.length; i++) {
      octaves[i] = Integer.numberOfTrailingZeros(rest);
      rest &= rest - 1;
    }
    return octaves;
  }

  private static double median(int[] octaves, int[] taken, int timed) {
    int left = (timed + 1) / 2;
    for (int i = 0; i < taken.length && timed > 0; i++) {
      left -= taken[i];
      if (left <= 0) {
        return middle(octaves[i / PARTS], i % PARTS);
      }
    }
    return 0;
  }

  /** The middle of the times that this part of an octave counts, in nanoseconds. */
  private static double middle(int octave, int part) {
    return (double) (1L << (SHORTEST_BITS + octave)) * (1 + (part + 0.5) / PARTS);
  }
}
