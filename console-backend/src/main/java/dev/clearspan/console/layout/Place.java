package dev.clearspan.console.layout;

import dev.clearspan.console.problem.ProblemException;

/**
 * Where a box stands.
 *
 * @param id of a service or dependency
 * @param x of its left edge, in pixels of the map that is not zoomed
 * @param y of its upper edge
 */
public record Place(String id, double x, double y) {
  private static final int LONGEST_ID = 400;
  private static final double FARTHEST = 1e6;

  /**
   * Refuses what no map can show.
   *
   * @param field names the place in the request
   */
  void check(String field) {
    if (id == null || id.isBlank() || id.length() > LONGEST_ID) {
      throw ProblemException.invalid(
          field + ".id", "missing or too long (expected: 1 to " + LONGEST_ID + " characters)");
    }
    // Not a number is not within.
    if (!(Math.abs(x) <= FARTHEST && Math.abs(y) <= FARTHEST)) {
      throw ProblemException.invalid(
          field, "at " + x + ", " + y + " (expected: within 1,000,000 px of the origin)");
    }
  }
}
