package dev.clearspan.console.oidc;

import java.util.Locale;

/** Somebody could not be signed in. The message is for the log, the reason for the page. */
public final class OidcException extends Exception {
  private static final long serialVersionUID = 1L;

  /** What the page tells. */
  public enum Reason {
    /** The sign-in was begun too long ago, in another browser, or was used already. */
    EXPIRED,
    /** The provider has let nobody in, or what it said does not hold. */
    REFUSED,
    /** The person is known there, and may do nothing here. */
    NO_ROLE,
    /** The name is unusable, or another user's. */
    NAME,
    /** The provider does not answer. */
    UNREACHABLE,
    /** Too many attempts. */
    THROTTLED;

    /** As the page's address has it. */
    public String word() {
      return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
  }

  private final Reason reason;

  public OidcException(Reason reason, String message) {
    super(message);
    this.reason = reason;
  }

  OidcException(Reason reason, String message, Throwable cause) {
    super(message, cause);
    this.reason = reason;
  }

  public Reason reason() {
    return reason;
  }
}
