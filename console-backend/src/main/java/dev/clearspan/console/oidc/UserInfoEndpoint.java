package dev.clearspan.console.oidc;

import com.nimbusds.oauth2.sdk.ParseException;
import com.nimbusds.oauth2.sdk.http.HTTPResponse;
import com.nimbusds.oauth2.sdk.id.Subject;
import com.nimbusds.oauth2.sdk.token.BearerAccessToken;
import com.nimbusds.openid.connect.sdk.UserInfoRequest;
import com.nimbusds.openid.connect.sdk.UserInfoSuccessResponse;
import com.nimbusds.openid.connect.sdk.claims.UserInfo;
import dev.clearspan.console.oidc.OidcException.Reason;
import java.io.IOException;
import java.net.URI;
import org.jspecify.annotations.Nullable;

/**
 * What a provider tells of a person besides the ID token (OpenID Connect Core 1.0, section 5.3).
 * Thread-safe.
 */
final class UserInfoEndpoint {
  private final URI address;
  private final ProviderHttp http;

  UserInfoEndpoint(URI address, ProviderHttp http) {
    this.address = address;
    this.http = http;
  }

  /**
   * Asks with a person's access token.
   *
   * @param subject of the ID token: what is told of anybody else is not used
   */
  Claims of(Subject subject, @Nullable BearerAccessToken token) throws OidcException {
    if (token == null) {
      throw refused("there is no bearer access token to ask with (expected: one)", null);
    }
    try {
      HTTPResponse answer = new UserInfoRequest(address, token).toHTTPRequest().send(http);
      int status = answer.getStatusCode();
      if (status != HTTPResponse.SC_OK) {
        throw failed(
            status >= HTTPResponse.SC_SERVER_ERROR ? Reason.UNREACHABLE : Reason.REFUSED,
            "status " + status + " (expected: 200)",
            null);
      }
      UserInfo told = UserInfoSuccessResponse.parse(answer).getUserInfo();
      if (told == null) {
        throw refused("it answers with a JWT (expected: application/json)", null);
      }
      if (!told.getSubject().equals(subject)) {
        throw refused("sub: " + told.getSubject() + " (expected: " + subject + ")", null);
      }
      return Claims.of(told.toJSONString());
    } catch (IOException e) {
      throw failed(Reason.UNREACHABLE, String.valueOf(e.getMessage()), e);
    } catch (ParseException e) {
      throw refused(String.valueOf(e.getMessage()), e);
    }
  }

  private static OidcException refused(String why, @Nullable Exception cause) {
    return failed(Reason.REFUSED, why, cause);
  }

  private static OidcException failed(Reason reason, String why, @Nullable Exception cause) {
    String message = "userinfo endpoint: " + why;
    return cause == null
        ? new OidcException(reason, message)
        : new OidcException(reason, message, cause);
  }
}
