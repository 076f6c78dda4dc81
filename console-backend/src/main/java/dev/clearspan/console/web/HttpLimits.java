package dev.clearspan.console.web;

/** What a request may be. */
public final class HttpLimits {
  public static final long MAX_BODY_BYTES = 1 << 20;

  private HttpLimits() {}
}
