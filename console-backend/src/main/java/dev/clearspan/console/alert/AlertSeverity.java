package dev.clearspan.console.alert;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import dev.clearspan.console.problem.ProblemException;
import java.util.Arrays;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** How much an alert matters. */
public enum AlertSeverity {
  INFO,
  WARNING,
  CRITICAL;

  @JsonValue
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** The severity of that name. */
  @JsonCreator
  public static AlertSeverity of(@Nullable String word) {
    return Arrays.stream(values())
        .filter(severity -> severity.word().equals(word))
        .findFirst()
        .orElseThrow(
            () ->
                ProblemException.invalid(
                    "severity", "'" + word + "' (expected: info, warning or critical)"));
  }
}
