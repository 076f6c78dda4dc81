package dev.clearspan.console.web;

import io.javalin.http.Context;
import java.util.function.UnaryOperator;

/** Headers that keep browsers from doing what the console did not mean. */
public final class SecurityHeaders {
  private static final String DATA = "default-src 'none'; frame-ancestors 'none'";

  private final UnaryOperator<String> frameSource;
  private final boolean https;

  /**
   * @param frameSource what pages at a host may embed, in the words of a CSP
   * @param https whether browsers reach the console by https
   */
  public SecurityHeaders(UnaryOperator<String> frameSource, boolean https) {
    this.frameSource = frameSource;
    this.https = https;
  }

  /** For every answer; a page loosens it by {@link #page}. */
  public void all(Context context) {
    context
        .header("Content-Security-Policy", DATA)
        .header("X-Content-Type-Options", "nosniff")
        .header("X-Frame-Options", "DENY")
        .header("Referrer-Policy", "no-referrer")
        .header("Cross-Origin-Opener-Policy", "same-origin")
        .header("Cross-Origin-Resource-Policy", "same-origin")
        .header("Cache-Control", "no-store");
    if (https) {
      context.header("Strict-Transport-Security", "max-age=31536000");
    }
  }

  /**
   * For pages: our own scripts and styles, and style elements that carry the nonce.
   *
   * @param nonce random for each answer
   */
  public void page(Context context, String nonce) {
    context.header(
        "Content-Security-Policy",
        "default-src 'none'; script-src 'self'; style-src 'self' 'nonce-"
            + nonce
            + "'; connect-src 'self'; img-src 'self' data:; font-src 'self'; worker-src 'self';"
            + " manifest-src 'self'; frame-src "
            + frameSource.apply(String.valueOf(context.header("Host")))
            + "; form-action 'self'; base-uri 'none'; frame-ancestors 'none'");
  }
}
