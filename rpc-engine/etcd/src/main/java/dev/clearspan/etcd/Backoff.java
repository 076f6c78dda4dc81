package dev.clearspan.etcd;

import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;

/** Delays that double from a base to a cap, each jittered down by up to half. Loop-only. */
final class Backoff {
  private final long baseNanos;
  private final long capNanos;
  private long nextNanos;

  Backoff(Duration base, Duration cap) {
    baseNanos = base.toNanos();
    capNanos = cap.toNanos();
    nextNanos = baseNanos;
  }

  long nextNanos() {
    long current = nextNanos;
    nextNanos = Math.min(capNanos, 2 * current);
    return current / 2 + ThreadLocalRandom.current().nextLong(current / 2 + 1);
  }

  void reset() {
    nextNanos = baseNanos;
  }

  /** A duration between 80% and 120% of the given one. */
  static long jittered(Duration duration) {
    long nanos = duration.toNanos();
    return nanos - nanos / 5 + ThreadLocalRandom.current().nextLong(2 * nanos / 5 + 1);
  }
}
