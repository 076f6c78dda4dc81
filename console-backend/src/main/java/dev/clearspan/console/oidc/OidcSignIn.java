package dev.clearspan.console.oidc;

import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jwt.JWT;
import com.nimbusds.oauth2.sdk.AuthorizationCode;
import com.nimbusds.oauth2.sdk.AuthorizationCodeGrant;
import com.nimbusds.oauth2.sdk.GeneralException;
import com.nimbusds.oauth2.sdk.ParseException;
import com.nimbusds.oauth2.sdk.ResponseType;
import com.nimbusds.oauth2.sdk.Scope;
import com.nimbusds.oauth2.sdk.TokenRequest;
import com.nimbusds.oauth2.sdk.TokenResponse;
import com.nimbusds.oauth2.sdk.auth.ClientAuthentication;
import com.nimbusds.oauth2.sdk.http.HTTPRequest;
import com.nimbusds.oauth2.sdk.id.ClientID;
import com.nimbusds.oauth2.sdk.pkce.CodeChallengeMethod;
import com.nimbusds.openid.connect.sdk.AuthenticationRequest;
import com.nimbusds.openid.connect.sdk.OIDCTokenResponse;
import com.nimbusds.openid.connect.sdk.OIDCTokenResponseParser;
import com.nimbusds.openid.connect.sdk.claims.IDTokenClaimsSet;
import com.nimbusds.openid.connect.sdk.token.OIDCTokens;
import com.nimbusds.openid.connect.sdk.validators.AccessTokenValidator;
import dev.clearspan.console.identity.ExternalSession;
import dev.clearspan.console.identity.ExternalUser;
import dev.clearspan.console.oidc.OidcException.Reason;
import java.io.IOException;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Signs people in with a provider: the authorization code flow of OpenID Connect Core 1.0 with PKCE
 * (RFC 7636, S256) and the issuer in the answer (RFC 9207). Thread-safe.
 */
public final class OidcSignIn implements Runnable {
  private static final Logger LOG = LoggerFactory.getLogger(OidcSignIn.class);
  private static final Duration FRESH = Duration.ofHours(1);
  private static final Duration BETWEEN_TRIES = Duration.ofSeconds(10);

  private final OidcConfig config;
  private final Clock clock;
  private final ProviderHttp http;
  private final Attempts attempts;
  private volatile @Nullable Provider provider;
  private volatile String problem = "it was not asked yet";
  private volatile Instant nextTry = Instant.EPOCH;
  private Instant nextLook = Instant.EPOCH; // the thread's that runs this
  private String authoritiesProblem = ""; // the thread's that runs this

  public OidcSignIn(OidcConfig config, Clock clock) {
    this.config = config;
    this.clock = clock;
    this.http = new ProviderHttp(config.authorities());
    this.attempts = new Attempts(clock);
  }

  /**
   * Where a browser goes, and the secret it must keep until it comes back.
   *
   * @param location at the provider
   */
  public record Departure(URI location, String browser) {}

  /**
   * What a browser brings back; anything may be missing or forged.
   *
   * @param error the provider's, instead of a code
   */
  public record Return(
      @Nullable String code,
      @Nullable String state,
      @Nullable String issuer,
      @Nullable String error,
      @Nullable String browser) {}

  /**
   * Who has come, and where to go now.
   *
   * @param idToken to sign out with later
   */
  public record Arrival(ExternalUser user, String idToken, String to) {
    /** Without the token, so that it never reaches a log. */
    @Override
    public String toString() {
      return "Arrival[" + user + ", to " + to + "]";
    }
  }

  /** Asks the provider for its document, if that is due. Called every second; may block 5 s. */
  @Override
  public void run() {
    Instant now = clock.instant();
    if (!now.isBefore(nextLook)) {
      nextLook = now.plus(BETWEEN_TRIES);
      renewAuthorities();
    }
    if (now.isBefore(nextTry)) {
      return;
    }
    try {
      provider = Provider.discover(config, http);
      if (!problem.isEmpty()) {
        LOG.info("sign-in with {} is possible", config);
      }
      problem = "";
      nextTry = now.plus(FRESH);
    } catch (IOException e) {
      String found = e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
      if (!found.equals(problem)) {
        LOG.warn("sign-in with {} is not possible now: {}", config, found);
      }
      problem = found;
      nextTry = now.plus(BETWEEN_TRIES);
    }
  }

  private void renewAuthorities() {
    try {
      http.renew();
      authoritiesProblem = "";
    } catch (IOException e) {
      String found = String.valueOf(e.getMessage());
      if (!found.equals(authoritiesProblem)) {
        LOG.warn("CLEARSPAN_OIDC_CA: {} cannot be used: {}", config.authorities(), found);
      }
      authoritiesProblem = found;
    }
  }

  public OidcState state() {
    return new OidcState(config.label(), problem.isEmpty(), problem);
  }

  /**
   * Begins a sign-in.
   *
   * @param callback where the provider sends the browser back to
   * @param to path to go to afterwards
   */
  public Departure begin(URI callback, String to, String address) throws OidcException {
    Provider known = provider();
    Attempt attempt = attempts.begin(to, address);
    URI location =
        new AuthenticationRequest.Builder(
                ResponseType.CODE,
                new Scope(config.scopes().toArray(String[]::new)),
                new ClientID(config.clientId()),
                callback)
            .endpointURI(known.authorizationEndpoint())
            .state(attempt.state())
            .nonce(attempt.nonce())
            .codeChallenge(attempt.verifier(), CodeChallengeMethod.S256)
            .build()
            .toURI();
    return new Departure(location, attempt.browser());
  }

  /** Ends a sign-in: checks all that the browser and the provider say. */
  public Arrival finish(URI callback, Return back) throws OidcException {
    Attempt attempt = attempts.take(back.state(), back.browser());
    Provider known = provider();
    checkIssuer(known, back.issuer());
    if (back.error() != null || back.code() == null) {
      throw new OidcException(Reason.REFUSED, "the provider says " + back.error());
    }
    OIDCTokens tokens = exchange(known, callback, back.code(), attempt);
    IDTokenClaimsSet token = checked(known, tokens, attempt);
    Person person = new Person(config, token.getSubject().getValue(), claims(known, tokens, token));
    return new Arrival(person.user(), tokens.getIDTokenString(), attempt.to());
  }

  /** What the ID token says; of what it leaves out, what the provider tells when asked. */
  private Claims claims(Provider known, OIDCTokens tokens, IDTokenClaimsSet token)
      throws OidcException {
    try {
      Claims said = Claims.of(token.toJSONString());
      URI more = known.userInfoEndpoint();
      if (more == null || Person.isWhole(config, said)) {
        return said;
      }
      return said.orElse(
          new UserInfoEndpoint(more, http).of(token.getSubject(), tokens.getBearerAccessToken()));
    } catch (ParseException e) {
      throw new OidcException(Reason.REFUSED, "ID token: " + e.getMessage(), e);
    }
  }

  /**
   * The way to sign out at the provider, too, for a browser that has signed out here; empty if that
   * is not wanted, the provider has no such address, or did not answer when it was asked last.
   *
   * @param back where the provider sends the browser afterwards
   */
  public Optional<Farewell> farewell(ExternalSession ended, URI back) {
    Provider known = provider;
    URI end = known == null ? null : known.endSessionEndpoint();
    boolean own = ended.issuer().equals(config.issuer().toString());
    return end == null || !own || !config.signOutThere() || !problem.isEmpty()
        ? Optional.empty()
        : Optional.of(Farewell.of(config, end, ended.idToken(), back));
  }

  private void checkIssuer(Provider known, @Nullable String issuer) throws OidcException {
    boolean missing = issuer == null && known.namesItself();
    if (missing || (issuer != null && !issuer.equals(config.issuer().toString()))) {
      throw new OidcException(
          Reason.REFUSED, "iss: " + issuer + " (expected: " + config.issuer() + ")");
    }
  }

  private OIDCTokens exchange(Provider known, URI callback, String code, Attempt attempt)
      throws OidcException {
    AuthorizationCodeGrant grant =
        new AuthorizationCodeGrant(new AuthorizationCode(code), callback, attempt.verifier());
    ClientAuthentication client = known.authentication();
    TokenRequest request =
        client == null
            ? new TokenRequest.Builder(
                    known.tokenEndpoint(), new ClientID(config.clientId()), grant)
                .build()
            : new TokenRequest.Builder(known.tokenEndpoint(), client, grant).build();
    try {
      HTTPRequest sent = request.toHTTPRequest();
      TokenResponse answer = OIDCTokenResponseParser.parse(sent.send(http));
      if (answer instanceof OIDCTokenResponse tokens) {
        return tokens.getOIDCTokens();
      }
      throw new OidcException(
          Reason.REFUSED, "the code was not taken: " + answer.toErrorResponse().getErrorObject());
    } catch (IOException e) {
      throw new OidcException(Reason.UNREACHABLE, "token endpoint: " + e.getMessage(), e);
    } catch (GeneralException e) {
      throw new OidcException(Reason.REFUSED, "token endpoint: " + e.getMessage(), e);
    }
  }

  private static IDTokenClaimsSet checked(Provider known, OIDCTokens tokens, Attempt attempt)
      throws OidcException {
    JWT token = tokens.getIDToken();
    if (token == null) {
      throw new OidcException(Reason.REFUSED, "there is no ID token (expected: one)");
    }
    try {
      IDTokenClaimsSet claims = known.check(token, attempt.nonce());
      if (claims.getAccessTokenHash() != null) {
        AccessTokenValidator.validate(
            tokens.getAccessToken(),
            (JWSAlgorithm) token.getHeader().getAlgorithm(),
            claims.getAccessTokenHash());
      }
      return claims;
    } catch (GeneralException | com.nimbusds.openid.connect.sdk.validators.InvalidHashException e) {
      throw new OidcException(Reason.REFUSED, "ID token: " + e.getMessage(), e);
    }
  }

  private Provider provider() throws OidcException {
    return Optional.ofNullable(provider)
        .orElseThrow(() -> new OidcException(Reason.UNREACHABLE, problem));
  }
}
