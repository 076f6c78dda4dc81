package dev.clearspan.console.identity;

import org.jspecify.annotations.Nullable;

/**
 * What stands behind the session of somebody whom a provider had signed in.
 *
 * @param idToken by which the provider knows what to end; null: it was too long to be kept
 */
public record ExternalSession(String issuer, @Nullable String idToken) {
  /** Without the token, so that it never reaches a log. */
  @Override
  public String toString() {
    return "ExternalSession[" + issuer + "]";
  }
}
