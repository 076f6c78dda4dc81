package dev.clearspan.console.oidc;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.jwk.source.JWKSource;
import com.nimbusds.jose.jwk.source.JWKSourceBuilder;
import com.nimbusds.jose.proc.BadJOSEException;
import com.nimbusds.jose.proc.JWSVerificationKeySelector;
import com.nimbusds.jose.proc.SecurityContext;
import com.nimbusds.jwt.JWT;
import com.nimbusds.oauth2.sdk.GeneralException;
import com.nimbusds.oauth2.sdk.ParseException;
import com.nimbusds.oauth2.sdk.auth.ClientAuthentication;
import com.nimbusds.oauth2.sdk.auth.ClientAuthenticationMethod;
import com.nimbusds.oauth2.sdk.auth.ClientSecretBasic;
import com.nimbusds.oauth2.sdk.auth.ClientSecretPost;
import com.nimbusds.oauth2.sdk.auth.Secret;
import com.nimbusds.oauth2.sdk.id.ClientID;
import com.nimbusds.oauth2.sdk.id.Issuer;
import com.nimbusds.openid.connect.sdk.Nonce;
import com.nimbusds.openid.connect.sdk.claims.AuthorizedParty;
import com.nimbusds.openid.connect.sdk.claims.IDTokenClaimsSet;
import com.nimbusds.openid.connect.sdk.op.OIDCProviderMetadata;
import com.nimbusds.openid.connect.sdk.validators.IDTokenValidator;
import java.io.IOException;
import java.net.URI;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A provider, as its discovery document describes it, with its keys. Thread-safe. */
final class Provider {
  private static final String DOCUMENT = "/.well-known/openid-configuration";
  private static final int SKEW_SECONDS = 30;
  private static final long KEYS_KEPT_MILLIS = 5 * 60_000L;
  private static final long KEYS_WAITED_FOR_MILLIS = 15_000L;
  private static final long KEYS_AT_MOST_EVERY_MILLIS = 10_000L;

  /** Keys that only the provider has; never "none", never one that the client has, too. */
  private static final Set<JWSAlgorithm> ASYMMETRIC =
      Set.of(
          JWSAlgorithm.RS256,
          JWSAlgorithm.RS384,
          JWSAlgorithm.RS512,
          JWSAlgorithm.PS256,
          JWSAlgorithm.PS384,
          JWSAlgorithm.PS512,
          JWSAlgorithm.ES256,
          JWSAlgorithm.ES384,
          JWSAlgorithm.ES512);

  private final OidcConfig config;
  private final OIDCProviderMetadata metadata;
  private final IDTokenValidator validator;

  private Provider(OidcConfig config, OIDCProviderMetadata metadata, ProviderHttp http)
      throws IOException {
    this.config = config;
    this.metadata = metadata;
    JWKSource<SecurityContext> keys =
        JWKSourceBuilder.<SecurityContext>create(metadata.getJWKSetURI().toURL(), http)
            .cache(KEYS_KEPT_MILLIS, KEYS_WAITED_FOR_MILLIS)
            .refreshAheadCache(false)
            .rateLimited(KEYS_AT_MOST_EVERY_MILLIS)
            .retrying(true)
            .build();
    this.validator =
        new IDTokenValidator(
            new Issuer(config.issuer()),
            new ClientID(config.clientId()),
            new JWSVerificationKeySelector<>(algorithms(metadata), keys),
            null);
    validator.setMaxClockSkew(SKEW_SECONDS);
  }

  /**
   * Reads the discovery document and checks it.
   *
   * @throws IOException if it cannot be read, or names another issuer or an unsafe address
   */
  static Provider discover(OidcConfig config, ProviderHttp http) throws IOException {
    String base = config.issuer().toString().replaceFirst("/$", "");
    String text = http.retrieveResource(URI.create(base + DOCUMENT).toURL()).getContent();
    try {
      OIDCProviderMetadata metadata = OIDCProviderMetadata.parse(text);
      if (!metadata.getIssuer().getValue().equals(config.issuer().toString())) {
        throw new IOException(
            "the provider calls itself "
                + metadata.getIssuer()
                + " (expected: "
                + config.issuer()
                + ", as in CLEARSPAN_OIDC_ISSUER)");
      }
      requireSafe("authorization_endpoint", metadata.getAuthorizationEndpointURI(), config);
      requireSafe("token_endpoint", metadata.getTokenEndpointURI(), config);
      requireSafe("jwks_uri", metadata.getJWKSetURI(), config);
      requireSafeIfThere("userinfo_endpoint", metadata.getUserInfoEndpointURI(), config);
      requireSafeIfThere("end_session_endpoint", metadata.getEndSessionEndpointURI(), config);
      return new Provider(config, metadata, http);
    } catch (ParseException | IllegalArgumentException e) {
      throw new IOException("discovery document of " + config.issuer() + ": " + e.getMessage(), e);
    }
  }

  private static void requireSafe(String what, @Nullable URI address, OidcConfig config) {
    OidcConfig.requireSafe(what, address, config.issuer());
  }

  private static void requireSafeIfThere(String what, @Nullable URI address, OidcConfig config) {
    if (address != null) {
      requireSafe(what, address, config);
    }
  }

  private static Set<JWSAlgorithm> algorithms(OIDCProviderMetadata metadata) {
    List<JWSAlgorithm> offered = metadata.getIDTokenJWSAlgs();
    Set<JWSAlgorithm> used = new HashSet<>(ASYMMETRIC);
    if (offered != null) {
      used.retainAll(offered);
    }
    if (used.isEmpty()) {
      throw new IllegalArgumentException(
          "id_token_signing_alg_values_supported: "
              + offered
              + " (expected: one of "
              + ASYMMETRIC
              + ")");
    }
    return used;
  }

  URI authorizationEndpoint() {
    return metadata.getAuthorizationEndpointURI();
  }

  URI tokenEndpoint() {
    return metadata.getTokenEndpointURI();
  }

  /** Where it tells more of a person; null: nowhere. */
  @Nullable URI userInfoEndpoint() {
    return metadata.getUserInfoEndpointURI();
  }

  /** Where browsers sign out; null: nowhere. */
  @Nullable URI endSessionEndpoint() {
    return metadata.getEndSessionEndpointURI();
  }

  /** Whether its answers to browsers must name it (RFC 9207). */
  boolean namesItself() {
    return metadata.supportsAuthorizationResponseIssuerParam();
  }

  /** Null for a public client. */
  @Nullable ClientAuthentication authentication() {
    String secret = config.clientSecret();
    if (secret == null) {
      return null;
    }
    ClientID client = new ClientID(config.clientId());
    List<ClientAuthenticationMethod> methods = metadata.getTokenEndpointAuthMethods();
    boolean post =
        methods != null
            && methods.contains(ClientAuthenticationMethod.CLIENT_SECRET_POST)
            && !methods.contains(ClientAuthenticationMethod.CLIENT_SECRET_BASIC);
    return post
        ? new ClientSecretPost(client, new Secret(secret))
        : new ClientSecretBasic(client, new Secret(secret));
  }

  /** A token for several clients must name this one as the party (Core 3.1.3.7, 4 and 5). */
  private void checkParty(IDTokenClaimsSet claims) throws GeneralException {
    AuthorizedParty party = claims.getAuthorizedParty();
    boolean other = party != null && !party.getValue().equals(config.clientId());
    if (other || (party == null && claims.getAudience().size() > 1)) {
      throw new GeneralException("azp: " + party + " (expected: " + config.clientId() + ")");
    }
  }

  /** What a token says, if signature, issuer, audience, times and nonce hold. */
  IDTokenClaimsSet check(JWT token, Nonce nonce) throws GeneralException {
    try {
      IDTokenClaimsSet claims = validator.validate(token, nonce);
      checkParty(claims);
      return claims;
    } catch (BadJOSEException | JOSEException e) {
      throw new GeneralException(String.valueOf(e.getMessage()), e);
    }
  }
}
