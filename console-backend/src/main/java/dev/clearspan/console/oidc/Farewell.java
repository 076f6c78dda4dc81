package dev.clearspan.console.oidc;

import com.nimbusds.jwt.JWT;
import com.nimbusds.jwt.JWTParser;
import com.nimbusds.oauth2.sdk.id.ClientID;
import com.nimbusds.oauth2.sdk.id.State;
import com.nimbusds.openid.connect.sdk.LogoutRequest;
import java.net.URI;
import java.text.ParseException;
import org.jspecify.annotations.Nullable;

/**
 * Where a browser goes that has signed out here, to sign out at the provider, too (OpenID Connect
 * RP-Initiated Logout 1.0).
 *
 * @param location at the provider, with the ID token in it
 * @param state what the provider sends the browser back with, when it has signed out
 */
public record Farewell(URI location, String state) {
  private static final int STATE_BYTES = 16;

  /**
   * The address to go to.
   *
   * @param end the provider's own for it
   * @param idToken tells whose session ends; null: the provider asks the person
   * @param back where the browser comes back to
   */
  static Farewell of(OidcConfig config, URI end, @Nullable String idToken, URI back) {
    State state = new State(STATE_BYTES);
    ClientID client = new ClientID(config.clientId());
    return new Farewell(
        new LogoutRequest(end, hint(idToken), null, client, back, state, null).toURI(),
        state.getValue());
  }

  private static @Nullable JWT hint(@Nullable String idToken) {
    try {
      return idToken == null ? null : JWTParser.parse(idToken);
    } catch (ParseException e) {
      throw new IllegalStateException("an ID token that was parsed before is none now", e);
    }
  }

  /** Without the address, so that the token in it never reaches a log. */
  @Override
  public String toString() {
    return "Farewell[to " + location.getHost() + "]";
  }
}
