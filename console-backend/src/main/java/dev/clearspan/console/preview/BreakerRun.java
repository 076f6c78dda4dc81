package dev.clearspan.console.preview;

import dev.clearspan.console.metric.CallSteps;
import dev.clearspan.console.preview.Preview.Replay;
import dev.clearspan.console.preview.Preview.Replay.Verdict;
import dev.clearspan.rpc.breaker.BreakerSettings;
import dev.clearspan.rpc.breaker.BreakerView;
import dev.clearspan.rpc.breaker.CircuitBreaker.Permit;
import dev.clearspan.rpc.breaker.SlidingWindowBreaker;
import dev.clearspan.rpc.breaker.Transition;
import java.time.Instant;
import java.util.List;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/** Production's breaker on a clock of its own, fed with what was counted. Used once. */
final class BreakerRun {
  private static final long SEED = 20_261_122;
  private static final long STEP_NANOS = CallSteps.STEP_MILLIS * 1_000_000L;

  private final BreakerSettings settings;
  private final boolean inRow;
  private final SlidingWindowBreaker breaker;
  private int openings;
  private long openNanos;
  private long openedAt;
  private long firstAt;
  private String cause = "";
  private long nowNanos;

  /** {@code inRow}: the failures of a step come one after another, else evenly spread. */
  BreakerRun(BreakerSettings settings, boolean inRow) {
    this.settings = settings;
    this.inRow = inRow;
    this.breaker = new SlidingWindowBreaker(settings, 0, new SplittableRandom(SEED), this::changed);
  }

  Replay through(List<BreakerStep> steps, Scene scene) {
    for (int i = 0; i < steps.size(); i++) {
      feed(steps.get(i), i * STEP_NANOS);
    }
    if (breaker.computed().state() != BreakerView.Name.CLOSED) {
      openNanos += steps.size() * STEP_NANOS - openedAt;
    }
    @Nullable Instant first = openings == 0 ? null : scene.at((int) (firstAt / STEP_NANOS));
    return new Replay(
        openings == 0 ? Verdict.STAYS_CLOSED : Verdict.OPENS,
        openings,
        openNanos / 1_000_000 / 1_000.0,
        first,
        cause);
  }

  private void feed(BreakerStep step, long startNanos) {
    Spread failures = new Spread(step.failures(), step.calls());
    Spread slow = new Spread(step.slow(), step.calls());
    for (long call = 0; call < step.calls(); call++) {
      nowNanos = startNanos + (long) ((double) STEP_NANOS / step.calls() * call);
      boolean failed = inRow ? call < step.failures() : failures.next();
      feed(failed, slow.next(), step.cause());
    }
  }

  private void feed(boolean failed, boolean slow, String why) {
    Permit permit = breaker.acquire(nowNanos);
    if (permit == null) {
      return;
    }
    long took = slow ? settings.slowCall().toNanos() : 0;
    if (failed) {
      permit.failed(nowNanos, took, why);
    } else {
      permit.succeeded(nowNanos, took);
    }
  }

  /** Time that it probes counts as open: hardly a call passes. */
  private void changed(Transition change) {
    if (change.to() == BreakerView.Name.OPEN && change.from() == BreakerView.Name.CLOSED) {
      openedAt = nowNanos;
      firstAt = openings == 0 ? nowNanos : firstAt;
      cause = openings == 0 ? change.detail() : cause;
      openings++;
    } else if (change.to() == BreakerView.Name.CLOSED) {
      openNanos += nowNanos - openedAt;
    }
  }
}
