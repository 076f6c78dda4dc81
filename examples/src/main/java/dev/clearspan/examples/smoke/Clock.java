package dev.clearspan.examples.smoke;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.TimeUnit;

/** Times of checks. The console's metrics come in steps of 10 s. */
final class Clock {
  private static final long STEP_SECONDS = 10;

  /** What processes have counted reaches the console within this time. */
  private static final Duration PUSH = Duration.ofSeconds(3);

  private Clock() {}

  static long millisSince(long nanos) {
    return TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - nanos);
  }

  /** The start of the first step that holds nothing counted before now. */
  static Instant nextFreshStep() {
    long earliest = Instant.now().plus(PUSH).getEpochSecond();
    return Instant.ofEpochSecond((earliest / STEP_SECONDS + 1) * STEP_SECONDS);
  }
}
