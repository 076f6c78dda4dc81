package dev.clearspan.examples.smoke;

import java.time.Duration;

/**
 * How long checks wait before they say "never". Limits that a figure is held to do not change with
 * it.
 *
 * @param scale 1 for a real shop; tests of the checks themselves wait less
 */
public record Tempo(double scale) {
  public static final Tempo REAL = new Tempo(1);

  Duration patience(long seconds) {
    return Duration.ofMillis((long) (seconds * 1_000 * scale));
  }
}
