package dev.clearspan.console.web;

import dev.clearspan.console.problem.ProblemException;
import io.javalin.http.Context;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Optional;

/** Reads and checks query parameters; a bad one is answered with 422 naming it. */
public final class Query {
  private static final int MAX_LENGTH = 1_000;

  private Query() {}

  /** Refuses parameters that the route does not know: a mistyped filter must not widen a list. */
  public static void refuseUnknown(Context context, Route route) {
    List<String> known = route.queryParameters();
    for (String name : context.queryParamMap().keySet()) {
      if (!route.foreign() && !known.contains(name)) {
        throw ProblemException.invalid(
            name,
            "unknown parameter (expected: "
                + (known.isEmpty() ? "none" : "one of " + String.join(", ", known))
                + ")");
      }
    }
  }

  /** A parameter's text; empty when it is absent or blank. */
  public static Optional<String> text(Context context, String name) {
    String value = context.queryParam(name);
    if (value != null && value.length() > MAX_LENGTH) {
      throw ProblemException.invalid(
          name, value.length() + " characters (expected: at most " + MAX_LENGTH + ")");
    }
    return Optional.ofNullable(value).map(String::trim).filter(text -> !text.isEmpty());
  }

  public static long integer(Context context, String name, long fallback, long min, long max) {
    return text(context, name).map(value -> integer(name, value, min, max)).orElse(fallback);
  }

  private static long integer(String name, String value, long min, long max) {
    try {
      long number = Long.parseLong(value);
      if (number >= min && number <= max) {
        return number;
      }
    } catch (NumberFormatException e) {
      // Answered below, like a number out of range.
    }
    throw ProblemException.invalid(
        name, "'" + value + "' (expected: a whole number from " + min + " to " + max + ")");
  }

  /** A moment, ISO-8601 UTC. */
  public static Optional<Instant> instant(Context context, String name) {
    return text(context, name).map(value -> instant(name, value));
  }

  private static Instant instant(String name, String value) {
    try {
      return Instant.parse(value);
    } catch (DateTimeParseException e) {
      throw ProblemException.invalid(
          name, "'" + value + "' (expected: ISO-8601 UTC such as 2026-01-31T12:00:00Z)");
    }
  }
}
