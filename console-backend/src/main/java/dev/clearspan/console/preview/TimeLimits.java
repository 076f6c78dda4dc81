package dev.clearspan.console.preview;

import dev.clearspan.console.metric.CallSteps;
import dev.clearspan.console.metric.LatencyHistogram;
import dev.clearspan.console.preview.Preview.DeadlineForecast;
import dev.clearspan.rpc.MethodKind;
import dev.clearspan.rpc.policy.DeadlineSettings;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Which calls deadlines and times of attempts would have cut, by how long calls took. */
final class TimeLimits {
  private final Scene scene;
  private final Gaps gaps;

  TimeLimits(Scene scene, Gaps gaps) {
    this.scene = scene;
    this.gaps = gaps;
  }

  List<DeadlineForecast> of(Map<String, MethodChange> changes) {
    List<DeadlineForecast> found = new ArrayList<>();
    changes.forEach(
        (method, change) -> {
          DeadlineSettings before = change.before().deadline();
          DeadlineSettings after = change.after().deadline();
          if (!before.equals(after)) {
            compare(method, before, after, found);
          }
        });
    return found;
  }

  private void compare(
      String method, DeadlineSettings before, DeadlineSettings after, List<DeadlineForecast> out) {
    gaps.found(
        "deadline", "calls that state a deadline of their own go by that, up to the maximum");
    Duration whole = callLimit(after);
    if (whole == null) {
      gaps.found(
          "deadline.timeout", "it goes by the method's kind, which the console does not know");
    }
    limit("deadline", method, callLimit(before), whole, scene.calls(), out);
    if (after.attemptTimeout() == null && before.attemptTimeout() != null) {
      gaps.found("deadline.attemptTimeout", "without one it goes by the method's kind");
    }
    limit(
        "deadline.attemptTimeout",
        method,
        before.attemptTimeout(),
        after.attemptTimeout(),
        scene.attempts(),
        out);
  }

  /** Of calls that state none; null: by kind. */
  private static @Nullable Duration callLimit(DeadlineSettings settings) {
    return settings.timeout() == null
        ? null
        : Duration.ofNanos(settings.callNanos(MethodKind.QUERY, null));
  }

  private void limit(
      String field,
      String method,
      @Nullable Duration before,
      @Nullable Duration after,
      List<CallSteps> rows,
      List<DeadlineForecast> out) {
    if (after == null || after.equals(before)) {
      return;
    }
    if (before != null && after.compareTo(before) > 0) {
      gaps.found(field, "how calls would have ended that were cut before is not known");
      return;
    }
    byCaller(method, rows)
        .forEach(
            (caller, durations) -> {
              LatencyHistogram.Above above = durations.above(after);
              if (above.atMost() > 0) {
                out.add(
                    new DeadlineForecast(
                        caller,
                        method,
                        field,
                        after.toNanos() / 1e6,
                        durations.count(),
                        above.atLeast(),
                        above.atMost()));
              }
            });
  }

  private static Map<String, LatencyHistogram> byCaller(String method, List<CallSteps> rows) {
    Map<String, LatencyHistogram> found = new TreeMap<>();
    for (CallSteps row : rows) {
      if (row.method().equals(method)) {
        found.merge(row.caller(), row.sum().latency(), LatencyHistogram::plus);
      }
    }
    return found;
  }
}
