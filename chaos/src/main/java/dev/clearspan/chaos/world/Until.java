package dev.clearspan.chaos.world;

import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/** Waiting, with an end. */
public final class Until {
  private static final Duration GLANCE = Duration.ofMillis(10);

  private Until() {}

  /**
   * Waits until the condition is met, and tells how long that took. A registry that does not answer
   * has not met it.
   *
   * @return milliseconds; the limit's and more if it was not met
   */
  public static long millis(Duration limit, BooleanSupplier condition) throws InterruptedException {
    long began = System.nanoTime();
    while (!isMet(condition) && System.nanoTime() - began < limit.toNanos()) {
      TimeUnit.NANOSECONDS.sleep(GLANCE.toNanos());
    }
    return (System.nanoTime() - began) / 1_000_000;
  }

  /**
   * Waits until the condition is met.
   *
   * @throws IllegalStateException if it is not, naming it
   */
  public static void met(Duration limit, String what, BooleanSupplier condition)
      throws InterruptedException {
    if (millis(limit, condition) >= limit.toMillis()) {
      throw new IllegalStateException(
          what + ": not within " + limit.toSeconds() + " s (expected: sooner)");
    }
  }

  /**
   * Looks on for so long, and tells when the condition was last not met.
   *
   * @return milliseconds from now; 0: it was always met
   */
  public static long lastUnmetMillis(Duration period, BooleanSupplier condition)
      throws InterruptedException {
    long began = System.nanoTime();
    long last = 0;
    while (System.nanoTime() - began < period.toNanos()) {
      if (!isMet(condition)) {
        last = Math.max(1, (System.nanoTime() - began) / 1_000_000);
      }
      TimeUnit.NANOSECONDS.sleep(GLANCE.toNanos());
    }
    return last;
  }

  private static boolean isMet(BooleanSupplier condition) {
    try {
      return condition.getAsBoolean();
    } catch (UncheckedIOException e) {
      return false;
    }
  }
}
