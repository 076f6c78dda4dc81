package dev.clearspan.console.metric;

import dev.clearspan.rpc.Status;
import java.util.Arrays;
import java.util.List;

/** Builds what a caller counted, step by step. */
public final class StepsOf {
  private static final int STEPS = 90;

  private final Tally[] steps = Tally.empty(STEPS);

  /** Calls of one step that took so long and ended so. */
  public StepsOf add(int step, int calls, double seconds, Status.Code code) {
    return add(step, calls, seconds, code, false);
  }

  public StepsOf add(int step, int calls, double seconds, Status.Code code, boolean retry) {
    long[] counts = new long[LatencyHistogram.BUCKETS];
    counts[LatencyHistogram.bucketOf(seconds)] = calls;
    steps[step].add(LatencyHistogram.of(counts), new Ending(code, retry));
    return this;
  }

  /** The same in each step. */
  public StepsOf steadily(int calls, double seconds, Status.Code code) {
    for (int step = 0; step < STEPS; step++) {
      add(step, calls, seconds, code);
    }
    return this;
  }

  /** As logical calls. */
  public CallSteps calls(String caller, String method) {
    return attempts(caller, method, "");
  }

  public CallSteps attempts(String caller, String method, String instance) {
    return new CallSteps(caller, method, instance, List.copyOf(Arrays.asList(steps)));
  }
}
