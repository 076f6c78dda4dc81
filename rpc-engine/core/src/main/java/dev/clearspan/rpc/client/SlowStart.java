package dev.clearspan.rpc.client;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * How much of its weight an endpoint has at one moment: a newcomer has 10% when it gets ready,
 * rising evenly to 100%.
 *
 * @param newcomer whether it came after the channel's first snapshot
 * @param readyNanos when it first became READY; null: not yet
 * @param nowNanos the moment, on the same clock
 */
record SlowStart(boolean newcomer, @Nullable Long readyNanos, long nowNanos) {
  /** How often weights are raised. */
  static final Duration STEP = Duration.ofMillis(500);

  private static final double FLOOR = 0.1;

  /** From 0.1 to 1, for a slow start of this length. */
  double factor(Duration length) {
    if (!isUnderWay(length)) {
      return 1;
    }
    return FLOOR + (1 - FLOOR) * ageNanos() / length.toNanos();
  }

  boolean isUnderWay(Duration length) {
    return newcomer && ageNanos() < length.toNanos();
  }

  private long ageNanos() {
    return readyNanos == null ? 0 : nowNanos - readyNanos;
  }
}
