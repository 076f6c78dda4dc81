package dev.clearspan.console.grafana.standin;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.AlgorithmParameters;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.Signature;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.ECParameterSpec;
import java.security.spec.ECPoint;
import java.security.spec.ECPublicKeySpec;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Optional;

/**
 * Checks tokens as Grafana's {@code [auth.jwt]} does with a key set, with the JDK's means only:
 * signature by a key of the set, {@code exp} and {@code nbf}, and the claims that are expected.
 */
final class JwtCheck {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int LONGEST_SECONDS = 600;

  private final JsonNode keys;

  /** Reads the key set once, as Grafana reads {@code jwk_set_file}. */
  JwtCheck(String keySet) throws IOException {
    keys = JSON.readTree(keySet).path("keys");
  }

  /** The token's claims; empty if it is not good. */
  Optional<JsonNode> claims(String token) {
    List<String> parts = List.of(token.split("\\.", -1));
    if (parts.size() != 3) {
      return Optional.empty();
    }
    try {
      JsonNode header = JSON.readTree(decoded(parts.get(0)));
      JsonNode claims = JSON.readTree(decoded(parts.get(1)));
      boolean good =
          "ES256".equals(header.path("alg").asText())
              && isSigned(header.path("kid").asText(), parts)
              && isNow(claims)
              && "clearspan-console".equals(claims.path("iss").asText())
              && (claims.path("aud").asText() + claims.path("aud").path(0).asText())
                  .equals("grafana")
              && !claims.path("sub").asText().isEmpty();
      return good ? Optional.of(claims) : Optional.empty();
    } catch (IOException | GeneralSecurityException | IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  /** It must end, soon, and have begun. */
  private static boolean isNow(JsonNode claims) {
    long now = Instant.now().getEpochSecond();
    long end = claims.path("exp").asLong();
    return end > now && end <= now + LONGEST_SECONDS && claims.path("nbf").asLong() <= now + 1;
  }

  private boolean isSigned(String id, List<String> parts) throws GeneralSecurityException {
    for (JsonNode key : keys) {
      if (key.path("kid").asText().equals(id)) {
        Signature check = Signature.getInstance("SHA256withECDSAinP1363Format");
        check.initVerify(publicKey(key));
        check.update((parts.get(0) + "." + parts.get(1)).getBytes(StandardCharsets.US_ASCII));
        return check.verify(decoded(parts.get(2)));
      }
    }
    return false;
  }

  private static PublicKey publicKey(JsonNode key) throws GeneralSecurityException {
    AlgorithmParameters curve = AlgorithmParameters.getInstance("EC");
    curve.init(new ECGenParameterSpec("secp256r1"));
    ECPoint point = new ECPoint(number(key, "x"), number(key, "y"));
    return KeyFactory.getInstance("EC")
        .generatePublic(new ECPublicKeySpec(point, curve.getParameterSpec(ECParameterSpec.class)));
  }

  private static BigInteger number(JsonNode key, String name) {
    return new BigInteger(1, decoded(key.path(name).asText()));
  }

  private static byte[] decoded(String part) {
    return Base64.getUrlDecoder().decode(part);
  }
}
