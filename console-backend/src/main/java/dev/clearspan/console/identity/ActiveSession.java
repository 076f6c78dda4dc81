package dev.clearspan.console.identity;

import java.time.Instant;

/**
 * A browser that is signed in.
 *
 * @param id the secret in its cookie
 * @param scope which services they may steer
 * @param guest came by a link and has no account
 * @param external signs in with a provider and has no password here
 * @param expiresAt when it ends if nothing is asked until then
 */
public record ActiveSession(
    String id,
    String name,
    Role role,
    Scope scope,
    boolean guest,
    boolean external,
    Instant expiresAt) {
  /** What a page must send with every change: it shows that the page could read our answers. */
  public String csrfToken() {
    return Secrets.fingerprint("csrf:" + id);
  }

  public Principal principal() {
    return new Principal(name, role, scope, true);
  }

  @Override
  public String toString() {
    return "ActiveSession[" + name + ", " + role + ", until " + expiresAt + "]";
  }
}
