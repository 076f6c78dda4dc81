package dev.clearspan.console.web;

import dev.clearspan.console.problem.ProblemException;
import io.javalin.http.Context;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Revisions as entity tags: {@code ETag: "481"} answers, {@code If-Match: "481"} demands. */
public final class Revision {
  private static final Pattern TAG = Pattern.compile("\"?(\\d{1,18})\"?");

  private Revision() {}

  public static void tag(Context context, long revision) {
    context.header("ETag", "\"" + revision + "\"");
  }

  /** The revision the sender has seen, if it says so. */
  public static OptionalLong expected(Context context) {
    String header = context.header("If-Match");
    if (header == null) {
      return OptionalLong.empty();
    }
    Matcher matcher = TAG.matcher(header.trim());
    if (!matcher.matches()) {
      throw ProblemException.invalid(
          "If-Match", "'" + header + "' (expected: a revision in quotes, such as \"481\")");
    }
    return OptionalLong.of(Long.parseLong(matcher.group(1)));
  }

  /** The revision the sender has seen; without it the request is refused. */
  public static long required(Context context) {
    return expected(context)
        .orElseThrow(
            () ->
                ProblemException.preconditionRequired(
                    "If-Match is missing (expected: the ETag of the GET, or \"0\" when there is"
                        + " none yet), so that no one's change is overwritten unseen"));
  }
}
