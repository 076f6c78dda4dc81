package dev.clearspan.console.web;

/** What the cookie with a browser's session is called. */
public final class SessionName {
  private static final String PLAIN = "clearspan_session";

  private SessionName() {}

  /**
   * The cookie's name. Browsers keep a {@code __Host-} cookie to the one host that has set it.
   *
   * @param https whether browsers reach the console by https: only then they take a Secure cookie
   */
  public static String of(boolean https) {
    return https ? "__Host-" + PLAIN : PLAIN;
  }
}
