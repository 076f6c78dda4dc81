package dev.clearspan.console.identity;

import java.time.Instant;

/**
 * A browser that is signed in.
 *
 * @param id the secret in its cookie
 * @param expiresAt when it ends if nothing is asked until then
 */
public record ActiveSession(String id, String name, Role role, Instant expiresAt) {
  /** What a page must send with every change: it shows that the page could read our answers. */
  public String csrfToken() {
    return Secrets.fingerprint("csrf:" + id);
  }

  public Principal principal() {
    return new Principal(name, role, true);
  }

  @Override
  public String toString() {
    return "ActiveSession[" + name + ", " + role + ", until " + expiresAt + "]";
  }
}
