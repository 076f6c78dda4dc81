package dev.clearspan.console.registry;

import java.time.Instant;

/**
 * What callers say of an instance they cannot reach.
 *
 * @param reporters caller processes that say so
 * @param callers caller processes in all
 * @param since the earliest report
 */
public record Unreachable(int reporters, int callers, Instant since, String cause) {
  /** Whether all of them say so. */
  public boolean unanimous() {
    return reporters >= callers;
  }
}
