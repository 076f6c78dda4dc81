package dev.clearspan.console.preview;

import dev.clearspan.console.metric.Tally;
import dev.clearspan.rpc.Status;
import dev.clearspan.rpc.breaker.BreakerSettings;
import dev.clearspan.rpc.breaker.FailureCodes;
import java.util.Map;

/**
 * What one process' breaker gets to see of a step.
 *
 * @param slow that surely took as long as counts as slow
 */
record BreakerStep(long calls, long failures, long slow, String cause) {
  /**
   * Beyond, a step is thinned: still several times what a window must have for its rates to count.
   */
  private static final long THIN = 2_000;

  static BreakerStep of(Tally tally, BreakerSettings settings, int processes) {
    Map<Status.Code, Long> errors = tally.errorsByCode();
    long cancelled = errors.getOrDefault(Status.Code.CANCELLED, 0L);
    long failures = 0;
    long most = 0;
    String cause = "";
    for (Map.Entry<Status.Code, Long> error : errors.entrySet()) {
      if (FailureCodes.contains(error.getKey())) {
        failures += error.getValue();
        if (error.getValue() > most) {
          most = error.getValue();
          cause = error.getKey().name();
        }
      }
    }
    long slow =
        settings.slowCall().isZero() ? 0 : tally.latency().above(settings.slowCall()).atLeast();
    long calls = tally.calls() - cancelled;
    double part = part(calls, settings, processes);
    return new BreakerStep(
        Math.round(calls * part),
        Math.round(failures * part),
        Math.round(Math.min(slow, calls) * part),
        cause);
  }

  private static double part(long calls, BreakerSettings settings, int processes) {
    long most = Math.max(THIN, 4L * settings.minimumCalls());
    double ofProcess = (double) calls / processes;
    return ofProcess > most ? most / (double) calls : 1.0 / processes;
  }
}
