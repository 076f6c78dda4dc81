package dev.clearspan.console.guard;

import dev.clearspan.console.metric.CallTotals;
import dev.clearspan.console.metric.LatencyHistogram;
import dev.clearspan.console.policy.Guard;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * How the calls of a service have gone under a guard.
 *
 * @param windowSeconds the time looked at; 0: the change is not in force everywhere yet
 * @param calls logical calls that ended in it
 * @param errors of those, with any code but OK
 * @param errorShare null without calls
 * @param p99Millis null without calls
 */
public record GuardFigures(
    double windowSeconds,
    long calls,
    long errors,
    @Nullable Double errorShare,
    @Nullable Double p99Millis) {
  static final GuardFigures NONE = new GuardFigures(0, 0, 0, null, null);

  private static final double P99 = 0.99;
  private static final double PERCENT = 100;

  static GuardFigures of(double windowSeconds, List<CallTotals> rows) {
    long calls = 0;
    long errors = 0;
    LatencyHistogram latency = LatencyHistogram.EMPTY;
    for (CallTotals row : rows) {
      calls += row.calls();
      errors += row.errors();
      latency = latency.plus(row.latency());
    }
    return new GuardFigures(
        windowSeconds,
        calls,
        errors,
        calls == 0 ? null : (double) errors / calls,
        latency.quantileMillis(P99));
  }

  /** Whether there are enough calls to judge. */
  boolean suffice(Guard guard) {
    return calls >= guard.minimumCalls();
  }

  /** Which limit they cross, in words; empty: none, or there are too few calls. */
  Optional<String> crossed(Guard guard) {
    if (!suffice(guard)) {
      return Optional.empty();
    }
    Double share = guard.maxErrorShare();
    if (share != null && errorShare != null && errorShare > share) {
      return Optional.of(
          String.format(
              Locale.ROOT,
              "%d of %d calls failed in %.0f s: %.1f%% (limit %.1f%%)",
              errors,
              calls,
              windowSeconds,
              PERCENT * errorShare,
              PERCENT * share));
    }
    Double millis = guard.maxP99Millis();
    if (millis != null && p99Millis != null && p99Millis > millis) {
      return Optional.of(
          String.format(
              Locale.ROOT,
              "p99 of %d calls in %.0f s: %.1f ms (limit %.1f ms)",
              calls,
              windowSeconds,
              p99Millis,
              millis));
    }
    return Optional.empty();
  }
}
