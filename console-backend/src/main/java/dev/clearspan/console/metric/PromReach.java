package dev.clearspan.console.metric;

import java.time.Duration;

/**
 * How much of a Prometheus is asked for.
 *
 * @param reach how far back, 1 hour to 10 years
 * @param shortestStep 5 s to 1 hour; at least twice the time between its scrapes, or steps stay
 *     empty
 */
public record PromReach(Duration reach, Duration shortestStep) {
  /** 15 days, as long as Prometheus keeps unless told otherwise, in steps of 30 s. */
  public static final PromReach DEFAULT =
      new PromReach(Duration.ofDays(15), Duration.ofSeconds(30));

  public static final int MOST_HOURS = 10 * 366 * 24;
  public static final int SHORTEST_STEP = 5;
  public static final int LONGEST_STEP = 3_600;

  public PromReach {
    if (reach.toHours() < 1 || reach.toHours() > MOST_HOURS) {
      throw new IllegalArgumentException(
          "reach: " + reach + " (expected: 1 hour to " + MOST_HOURS + ")");
    }
    if (shortestStep.toSeconds() < SHORTEST_STEP || shortestStep.toSeconds() > LONGEST_STEP) {
      throw new IllegalArgumentException(
          "step: " + shortestStep + " (expected: " + SHORTEST_STEP + " s to 1 hour)");
    }
  }
}
