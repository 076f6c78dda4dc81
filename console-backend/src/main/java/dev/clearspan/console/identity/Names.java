package dev.clearspan.console.identity;

import dev.clearspan.console.problem.ProblemException;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What a user or token may be called. */
final class Names {
  private static final Pattern ALLOWED = Pattern.compile("[A-Za-z0-9][A-Za-z0-9@._-]{0,62}");

  private Names() {}

  static String check(String field, @Nullable String name) {
    if (name == null || !ALLOWED.matcher(name).matches()) {
      throw ProblemException.invalid(
          field,
          "'"
              + name
              + "' (expected: 1 to 63 of letters, digits, @ . _ -, starting with a letter or"
              + " digit)");
    }
    return name;
  }
}
