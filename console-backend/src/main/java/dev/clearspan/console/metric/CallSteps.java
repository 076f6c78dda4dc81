package dev.clearspan.console.metric;

import java.util.List;

/**
 * What one caller counted of one method in the last 15 minutes, in steps of 10 s.
 *
 * @param caller calling service
 * @param method full name, such as {@code shop.Orders/Place}
 * @param instance the called instance, for attempts; empty for logical calls
 * @param steps oldest first, the last one still being filled; not to be changed
 */
public record CallSteps(String caller, String method, String instance, List<Tally> steps) {
  /** Length of a step. */
  public static final int STEP_MILLIS = Series.STEP_MILLIS;

  /** Whether they are attempts at one instance, and not logical calls. */
  public boolean isAttempts() {
    return !instance.isEmpty();
  }

  /** All steps together. */
  public Tally sum() {
    Tally sum = new Tally();
    steps.forEach(sum::add);
    return sum;
  }
}
