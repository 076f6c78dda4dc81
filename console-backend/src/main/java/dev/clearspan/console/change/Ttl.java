package dev.clearspan.console.change;

import dev.clearspan.console.problem.ProblemException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** How long an override lasts. */
final class Ttl {
  static final Duration LONGEST = Duration.ofDays(30);

  private Ttl() {}

  /** Checks the seconds; null means until someone lifts it. */
  static void check(@Nullable Long seconds) {
    if (seconds != null && (seconds < 1 || seconds > LONGEST.toSeconds())) {
      throw ProblemException.invalid(
          "ttlSeconds",
          seconds + " (expected: 1 to " + LONGEST.toSeconds() + ", or none for no end)");
    }
  }
}
