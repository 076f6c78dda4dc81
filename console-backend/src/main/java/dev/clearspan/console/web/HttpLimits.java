package dev.clearspan.console.web;

import dev.clearspan.console.problem.ProblemException;
import io.javalin.http.Context;

/** What a request may be. */
public final class HttpLimits {
  public static final long MAX_BODY_BYTES = 1 << 20;

  /** More than anybody sends by mistake: who is refused while sending may not hear why. */
  private static final long HOPELESS_BYTES = 8 * MAX_BODY_BYTES;

  private static final String OVERRIDE = "X-HTTP-Method-Override";

  private HttpLimits() {}

  /**
   * Refuses what claims to be far too large before it is waited for, and a method that is hidden in
   * a header, which the HTTP library would follow. What is a little too large is refused when it is
   * read.
   */
  public static void check(Context context) {
    if (context.req().getContentLengthLong() > HOPELESS_BYTES) {
      throw tooLarge();
    }
    if (context.header(OVERRIDE) != null) {
      throw ProblemException.malformed(
          OVERRIDE + " is not followed (expected: the method in the request line)");
    }
  }

  static ProblemException tooLarge() {
    return ProblemException.status(
        413,
        "Content Too Large",
        "The body is too large (expected: at most " + (MAX_BODY_BYTES >> 20) + " MiB)");
  }
}
