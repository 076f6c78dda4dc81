package dev.clearspan.console.alert;

import com.fasterxml.jackson.annotation.JsonValue;
import dev.clearspan.console.problem.ProblemException;
import java.util.Arrays;
import java.util.Locale;

/** How an alert stands. */
public enum AlertState {
  /** The condition does not hold. */
  INACTIVE,
  /** It holds, not yet for long enough. */
  PENDING,
  FIRING,
  /** It fired, and the condition has not held for the resolve delay. */
  RESOLVED,
  /** Nothing is measured: nobody can say whether the condition holds. */
  NO_DATA;

  @JsonValue
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** The state of that name, as a parameter says it. */
  public static AlertState of(String word) {
    return Arrays.stream(values())
        .filter(state -> state.word().equals(word))
        .findFirst()
        .orElseThrow(
            () ->
                ProblemException.invalid(
                    "state",
                    "'" + word + "' (expected: inactive, pending, firing, resolved or no_data)"));
  }
}
