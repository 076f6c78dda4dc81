package dev.clearspan.console.topology;

import dev.clearspan.console.metric.CallTotals;
import dev.clearspan.console.metric.LatencyHistogram;
import java.time.Duration;

/** Calls added up. */
record Sum(long calls, long errors, long retries, LatencyHistogram latency) {
  static final Sum NONE = new Sum(0, 0, 0, LatencyHistogram.EMPTY);

  private static final double NANOS_PER_SECOND = 1e9;

  static Sum of(CallTotals row) {
    return new Sum(row.calls(), row.errors(), row.retries(), row.latency());
  }

  Sum plus(Sum other) {
    return new Sum(
        calls + other.calls,
        errors + other.errors,
        retries + other.retries,
        latency.plus(other.latency));
  }

  double errorShare() {
    return calls == 0 ? 0 : (double) errors / calls;
  }

  Red red(Duration window) {
    return new Red(
        perSecond(calls, window),
        errorShare(),
        latency.quantileMillis(0.5),
        latency.quantileMillis(0.9),
        latency.quantileMillis(0.99));
  }

  double retriesPerSecond(Duration window) {
    return perSecond(retries, window);
  }

  private static double perSecond(long count, Duration window) {
    return count * NANOS_PER_SECOND / window.toNanos();
  }
}
