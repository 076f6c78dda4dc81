package dev.clearspan.console.alert;

import dev.clearspan.console.intake.IntakeState;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** How much the console's own intake refuses, between two rounds. Thread-safe. */
final class Refusals {
  private static final double MILLIS = 1_000;

  private @Nullable Instant at; // guarded by this
  private long total; // guarded by this
  private @Nullable Double perSecond; // guarded by this

  synchronized void note(IntakeState state, Instant now) {
    long refused = state.spansDropped() + state.metricPointsRejected() + state.rejectedRequests();
    if (at != null && now.isAfter(at)) {
      perSecond = (refused - total) * MILLIS / Duration.between(at, now).toMillis();
    }
    at = now;
    total = refused;
  }

  /** Null before there were two rounds. */
  synchronized @Nullable Double perSecond() {
    return perSecond;
  }
}
