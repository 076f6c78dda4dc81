package dev.clearspan.console.oidc;

import com.nimbusds.oauth2.sdk.id.State;
import com.nimbusds.oauth2.sdk.pkce.CodeVerifier;
import com.nimbusds.openid.connect.sdk.Nonce;
import java.time.Instant;

/**
 * A sign-in that was begun.
 *
 * @param browser secret that only the browser that began it has
 * @param to path to go to afterwards
 */
record Attempt(
    State state,
    Nonce nonce,
    CodeVerifier verifier,
    String browser,
    String to,
    String address,
    Instant begun) {
  @Override
  public String toString() {
    return "Attempt[from " + address + ", " + begun + "]";
  }
}
