package dev.clearspan.chaos.load;

import java.util.List;
import java.util.function.Predicate;

/**
 * What became of a load.
 *
 * @param calls that were begun
 * @param failed of them, all of them
 * @param lost calls that have not ended in the time they had
 * @param seconds it lasted
 * @param failures the first of those that failed
 */
public record Tally(long calls, long failed, long lost, double seconds, List<FailedCall> failures) {

  public Tally {
    failures = List.copyOf(failures);
  }

  /** Calls begun a second. */
  public long rate() {
    return Math.round(calls / seconds);
  }

  /** How many of the failures are such. */
  public long failed(Predicate<FailedCall> such) {
    return failures.stream().filter(such).count();
  }
}
