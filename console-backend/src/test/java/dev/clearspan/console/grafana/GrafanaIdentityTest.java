package dev.clearspan.console.grafana;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.crypto.ECDSAVerifier;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import dev.clearspan.console.Client;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.Date;
import java.util.Objects;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Who Grafana is told to have before it, checked as Grafana does: by the published keys. */
class GrafanaIdentityTest {
  @TempDir static Path shared;
  private static SimpleUpstream upstream;
  private static ProxiedGrafana grafana;

  @BeforeAll
  static void start() {
    upstream = new SimpleUpstream().on("/api/user", SimpleUpstream.json("{}"));
    grafana =
        ProxiedGrafana.before(
            upstream.url(),
            config ->
                config.withGrafanaProxy(
                    config.grafana().withSharedDirectory(shared.resolve("grafana"))));
  }

  @AfterAll
  static void stop() {
    grafana.close();
    upstream.close();
  }

  @ParameterizedTest
  @CsvSource({
    "viewer-person, Viewer",
    "operator-person, Editor",
    "admin-person, Admin",
  })
  void eachRole_hasItsWord_inATokenThatThePublishedKeysVerify(String name, String role)
      throws Exception {
    SignedJWT token = tokenOf(grafana.cookie(name));
    assertThat(token.getHeader().getAlgorithm()).isEqualTo(JWSAlgorithm.ES256);
    JWTClaimsSet claims = verified(token);
    assertThat(claims.getIssuer()).isEqualTo("clearspan-console");
    assertThat(claims.getAudience()).containsExactly("grafana");
    assertThat(claims.getSubject()).isEqualTo("user:" + name);
    assertThat(claims.getStringClaim("login")).isEqualTo(name);
    assertThat(claims.getStringClaim("name")).isEqualTo(name);
    assertThat(claims.getStringClaim("role")).isEqualTo(role);
    Date now = new Date();
    assertThat(claims.getIssueTime()).isBeforeOrEqualTo(now);
    assertThat(claims.getNotBeforeTime()).isEqualTo(claims.getIssueTime());
    assertThat(claims.getExpirationTime())
        .isAfter(now)
        .isBeforeOrEqualTo(Date.from(now.toInstant().plus(Duration.ofMinutes(5))));
  }

  @ParameterizedTest
  @ValueSource(strings = {"admin", "admin@localhost"})
  void whoIsCalledAdminHere_isNotGrafanasServerAdministrator(String name) throws Exception {
    grafana.user(name, "viewer");
    JWTClaimsSet claims = verified(tokenOf(grafana.cookie(name)));
    assertThat(claims.getStringClaim("login")).isEqualTo(name + "+clearspan");
    assertThat(claims.getStringClaim("role")).isEqualTo("Viewer");
  }

  @Test
  void aGuest_isNobodyWithThatName() throws Exception {
    Client.Answer link =
        grafana
            .console()
            .admin()
            .post("/api/v1/sign-in-links", "{'name':'auditor','role':'operator','ttlSeconds':60}");
    String secret = link.text().replaceAll("(?s).*token=([\\w-]+).*", "$1");
    Client.Answer session =
        grafana.console().anonymous().post("/api/v1/session", "{'oneTimeToken':'" + secret + "'}");
    assertThat(session.status()).as(link.text() + session.text()).isEqualTo(200);
    JWTClaimsSet claims = verified(tokenOf(session.cookie()));
    assertThat(claims.getSubject()).isEqualTo("guest:auditor");
    assertThat(claims.getStringClaim("login")).isEqualTo("auditor+guest");
    assertThat(claims.getStringClaim("role")).isEqualTo("Editor");
  }

  @Test
  void aNewRole_isInTheNextToken() throws Exception {
    grafana.user("climber", "viewer");
    String cookie = grafana.cookie("climber");
    assertThat(verified(tokenOf(cookie)).getStringClaim("role")).isEqualTo("Viewer");
    Client.Answer changed =
        grafana.console().admin().put("/api/v1/users/climber", "{'role':'operator'}");
    assertThat(changed.status()).as(changed.text()).isBetween(200, 299);
    assertThat(verified(tokenOf(grafana.cookie("climber"))).getStringClaim("role"))
        .isEqualTo("Editor");
  }

  @Test
  void whatGrafanaReads_liesInTheSharedDirectory() throws Exception {
    Path directory = shared.resolve("grafana");
    assertThat(Files.readString(directory.resolve("jwks.json"))).isEqualTo(published());
    String token = Files.readString(directory.resolve("traces-token"));
    assertThat(
            grafana
                .console()
                .anonymous()
                .with("Authorization", "Bearer " + token)
                .get("/api/v1/jaeger/api/services")
                .status())
        .isEqualTo(200);
    assertThat(
            grafana
                .console()
                .anonymous()
                .with("Authorization", "Bearer " + token)
                .get("/api/v1/users")
                .status())
        .isEqualTo(403);
  }

  @Test
  void thePrivateKeys_areForTheirOwnerOnly() throws Exception {
    Path file = grafana.console().config().dataDirectory().resolve("grafana-keys.json");
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
        .isEqualTo("rw-------");
    assertThat(JWKSet.parse(published()).getKeys()).hasSize(2).noneMatch(JWK::isPrivate);
  }

  private static String published() {
    return grafana.console().anonymous().get("/api/v1/grafana/jwks.json").text();
  }

  private static SignedJWT tokenOf(String cookie) throws Exception {
    ProxiedGrafana.send(grafana.request("/api/user").header("Cookie", cookie).build());
    return SignedJWT.parse(upstream.asked("/api/user").headers().get("X-JWT-Assertion"));
  }

  private static JWTClaimsSet verified(SignedJWT token) throws Exception {
    JWK key =
        Objects.requireNonNull(
            JWKSet.parse(published()).getKeyByKeyId(token.getHeader().getKeyID()));
    assertThat(token.verify(new ECDSAVerifier(key.toECKey()))).isTrue();
    return token.getJWTClaimsSet();
  }
}
