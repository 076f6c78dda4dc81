package dev.clearspan.rpc.limit;

import java.util.concurrent.TimeUnit;

/**
 * How many calls run out of time, counted over a second and at least ten of them, so that one
 * caller's short deadline is not taken for a server in trouble. Used by one thread at a time.
 */
final class Drops {
  private static final long LEAST_NANOS = TimeUnit.SECONDS.toNanos(1);
  private static final int LEAST_OUTCOMES = 10;

  /** Of ten: with so many the limit does not grow. */
  private static final int MANY = 1;

  private long outcomes;
  private long expired;
  private long nanos;
  private int peak;
  private boolean many;

  /** What the window says when it is full. */
  enum Verdict {
    NOT_YET,
    FEW,
    /** More than two thirds. */
    MOST
  }

  Verdict add(Tick tick) {
    outcomes += tick.outcomes();
    expired += tick.expired();
    nanos += tick.nanos();
    peak = Math.max(peak, tick.peak());
    if (nanos < LEAST_NANOS || outcomes < LEAST_OUTCOMES) {
      return Verdict.NOT_YET;
    }
    many = isMany();
    return expired * 3 > outcomes * 2 ? Verdict.MOST : Verdict.FEW;
  }

  /** Whether, in this window or the last one, so many ran out of time that growing is wrong. */
  boolean areMany() {
    return many || isMany();
  }

  int peak() {
    return peak;
  }

  /** Begins a new window. */
  void next() {
    outcomes = 0;
    expired = 0;
    nanos = 0;
    peak = 0;
  }

  void reset() {
    next();
    many = false;
  }

  private boolean isMany() {
    return expired > 0 && expired * 10 >= outcomes * MANY;
  }
}
