package dev.clearspan.console.metric;

import java.time.Instant;

/**
 * The steps of a chart: whole multiples of their length since 1970, so that what was asked a moment
 * ago is asked again.
 *
 * @param first seconds since 1970 at which the first step begins
 * @param count steps, 0 or more
 */
record PromSteps(int seconds, long first, int count) {
  private static final int MOST = 240;
  private static final int[] LENGTHS = {
    5, 10, 30, 60, 120, 300, 600, 1_800, 3_600, 7_200, 14_400, 86_400
  };

  /** Those of a query: at most 240, none shorter than allowed, within the reach. */
  static PromSteps of(RedQuery query, Instant now, PromReach reach) {
    int shortest = (int) reach.shortestStep().toSeconds();
    long last = now.getEpochSecond();
    long end = query.to() == null ? last : Math.min(query.to().getEpochSecond(), last + shortest);
    long oldest = last - reach.reach().toSeconds();
    long start =
        query.from() == null
            ? end - CallAggregates.REACH.toSeconds()
            : query.from().getEpochSecond();
    start = Math.max(start, oldest);
    int length = length(end - start, shortest);
    long from = Math.floorDiv(start, length) * length;
    long to = query.to() == null ? Math.floorDiv(end, length) * length : ceil(end, length);
    return new PromSteps(length, from, (int) Math.max(0, (to - from) / length));
  }

  private static int length(long span, int shortest) {
    if (span / shortest <= MOST) {
      return shortest;
    }
    for (int length : LENGTHS) {
      if (length > shortest && span / length <= MOST) {
        return length;
      }
    }
    return LENGTHS[LENGTHS.length - 1];
  }

  private static long ceil(long value, int length) {
    return -Math.floorDiv(-value, length) * length;
  }

  /** Seconds since 1970 at which the step begins. */
  long start(int step) {
    return first + (long) step * seconds;
  }

  Instant at(int step) {
    return Instant.ofEpochSecond(start(step));
  }

  /** Prometheus names a step by its end; -1: none of these. */
  int endingAt(double epochSeconds) {
    long step = Math.round((epochSeconds - first) / seconds) - 1;
    return step >= 0 && step < count ? (int) step : -1;
  }
}
