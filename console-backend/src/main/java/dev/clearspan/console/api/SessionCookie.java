package dev.clearspan.console.api;

import dev.clearspan.console.identity.ActiveSession;
import dev.clearspan.console.web.SessionName;
import io.javalin.http.Context;
import io.javalin.http.Cookie;
import io.javalin.http.SameSite;
import java.util.Optional;

/** The cookie that holds a browser's session. */
final class SessionCookie {
  private static final int UNTIL_BROWSER_CLOSES = -1;

  private final boolean https;

  /**
   * @param https whether browsers reach the console by https: only then they take a Secure cookie
   */
  SessionCookie(boolean https) {
    this.https = https;
  }

  private String name() {
    return SessionName.of(https);
  }

  Optional<String> read(Context context) {
    return Optional.ofNullable(context.cookie(name()));
  }

  void set(Context context, ActiveSession session) {
    context.cookie(cookie(session.id(), UNTIL_BROWSER_CLOSES));
  }

  void clear(Context context) {
    context.cookie(cookie("", 0));
  }

  private Cookie cookie(String value, int maxAge) {
    return new Cookie(
        name(), value, "/", maxAge, https, /* isHttpOnly= */ true, null, SameSite.STRICT);
  }
}
