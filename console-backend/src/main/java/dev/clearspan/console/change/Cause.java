package dev.clearspan.console.change;

import dev.clearspan.console.problem.ProblemException;
import org.jspecify.annotations.Nullable;

/** Who makes a change, and why. */
public record Cause(String author, String reason) {
  public static final int MAX_REASON = 300;

  /** The cause of a change by the person who asks for it; a reason is required. */
  public static Cause of(String author, @Nullable String reason) {
    if (reason == null || reason.isBlank()) {
      throw ProblemException.invalid(
          "reason", "missing (expected: why the change is made, for those who find it later)");
    }
    if (reason.length() > MAX_REASON) {
      throw ProblemException.invalid(
          "reason", reason.length() + " characters (expected: at most " + MAX_REASON + ")");
    }
    return new Cause(author, reason.trim());
  }
}
