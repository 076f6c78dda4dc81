package dev.clearspan.console.grafana;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import dev.clearspan.console.identity.ActiveSession;
import dev.clearspan.console.identity.Role;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.Locale;
import java.util.Set;

/**
 * Says to Grafana who is signed in, in a JWT (RFC 7519) that is good for one request: Grafana's
 * {@code [auth.jwt]} takes it from the header {@value #HEADER}. Thread-safe.
 */
final class IdentityToken {
  static final String HEADER = "X-JWT-Assertion";
  static final String ISSUER = "clearspan-console";
  static final String AUDIENCE = "grafana";
  static final Duration LIFETIME = Duration.ofMinutes(2);

  /** Name and address of Grafana's own account: see {@link #login}. */
  private static final Set<String> BUILT_IN = Set.of("admin", "admin@localhost");

  private final SigningKeys keys;
  private final Clock clock;

  IdentityToken(SigningKeys keys, Clock clock) {
    this.keys = keys;
    this.clock = clock;
  }

  /** A token for whoever this session belongs to. */
  String of(ActiveSession session) {
    Instant now = clock.instant();
    JWTClaimsSet claims =
        new JWTClaimsSet.Builder()
            .issuer(ISSUER)
            .audience(AUDIENCE)
            .subject((session.guest() ? "guest:" : "user:") + session.name())
            .claim("login", login(session))
            .claim("name", session.name())
            .claim("role", role(session.role()))
            .issueTime(Date.from(now))
            .notBeforeTime(Date.from(now))
            .expirationTime(Date.from(now.plus(LIFETIME)))
            .build();
    return sign(claims);
  }

  private String sign(JWTClaimsSet claims) {
    ECKey key = keys.signer();
    SignedJWT token =
        new SignedJWT(
            new JWSHeader.Builder(JWSAlgorithm.ES256)
                .type(JOSEObjectType.JWT)
                .keyID(key.getKeyID())
                .build(),
            claims);
    try {
      token.sign(new ECDSASigner(key));
    } catch (JOSEException e) {
      throw new IllegalStateException("a key of ours does not sign", e);
    }
    return token.serialize();
  }

  /**
   * The name in Grafana, which finds accounts by name or address, also those it has by itself: its
   * server's administrator may do more than any role here, and nobody becomes that one by their
   * name. No name here has a +.
   */
  private static String login(ActiveSession session) {
    String name = session.name();
    if (session.guest()) {
      return name + "+guest";
    }
    return BUILT_IN.contains(name.toLowerCase(Locale.ROOT)) ? name + "+clearspan" : name;
  }

  /** Grafana's word; an admin of the console is none of Grafana's server. */
  private static String role(Role role) {
    return switch (role) {
      case VIEWER -> "Viewer";
      case OPERATOR -> "Editor";
      case ADMIN -> "Admin";
    };
  }
}
