package dev.clearspan.console;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.nimbusds.jwt.SignedJWT;
import com.nimbusds.openid.connect.sdk.LogoutRequest;
import dev.clearspan.console.oidc.OidcConfig;
import dev.clearspan.console.oidc.TestProvider;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.time.Duration;
import java.util.List;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Signing out here, and at the provider that had signed one in. */
class OidcSignOutTest {
  private final TestProvider provider = new TestProvider();

  @AfterEach
  void stop() {
    provider.close();
  }

  private TestConsole start() {
    return start(config -> config);
  }

  private TestConsole start(UnaryOperator<OidcConfig> change) {
    provider.person("sub-ada", "ada", "staff");
    OidcConfig config = change.apply(provider.config("staff=viewer"));
    TestConsole console = TestConsole.start(it -> it.withSecurity(it.security().withOidc(config)));
    await()
        .atMost(Duration.ofSeconds(30))
        .until(
            () ->
                console
                    .anonymous()
                    .get("/api/v1/setup")
                    .body()
                    .at("/provider/available")
                    .booleanValue());
    return console;
  }

  private static Browser signedIn(TestConsole console) {
    Browser browser = new Browser(console);
    assertThat(browser.signIn()).isEqualTo("/traces");
    return browser;
  }

  private static void assertOut(Browser browser) {
    assertThat(browser.client().get("/api/v1/session").status()).isEqualTo(401);
  }

  @Test
  void whoSignsOut_isSentToTheProvider_withTheirTokenAndAStateAndComesBack() throws Exception {
    try (TestConsole console = start()) {
      Browser browser = signedIn(console);
      Client.Answer answer = browser.client().delete("/api/v1/session");
      assertThat(answer.status()).isEqualTo(200);
      assertThat(answer.header("Cache-Control")).isEqualTo("no-store");
      assertOut(browser);

      URI goTo = URI.create(answer.body().path("goTo").asText());
      assertThat(goTo.toString()).startsWith(provider.issuer() + "/endsession?");
      LogoutRequest request = LogoutRequest.parse(goTo);
      assertThat(((SignedJWT) request.getIDTokenHint()).getJWTClaimsSet().getSubject())
          .isEqualTo("sub-ada");
      URI signIn = console.console().url().resolve("/sign-in");
      assertThat(request.getPostLogoutRedirectionURI()).isEqualTo(signIn);
      String state = answer.body().path("state").asText();
      assertThat(state).hasSizeGreaterThan(20).isEqualTo(request.getState().getValue());

      assertThat(Browser.location(browser.get(goTo))).hasToString(signIn + "?state=" + state);
      assertThat(provider.signedOut()).containsExactly("sub-ada");
    }
  }

  @Test
  void everyStateIsNew_andSigningOutEverywhereGoesThereToo() {
    try (TestConsole console = start()) {
      Browser first = signedIn(console);
      Browser second = signedIn(console);
      Browser third = signedIn(console);
      JsonNode one = first.client().delete("/api/v1/session").body();
      JsonNode all = second.client().delete("/api/v1/sessions").body();
      assertThat(one.path("state").asText()).isNotEqualTo(all.path("state").asText());
      Browser.location(second.get(URI.create(all.path("goTo").asText())));
      assertThat(provider.signedOut()).containsExactly("sub-ada");
      assertOut(second);
      assertOut(third);
    }
  }

  @Test
  void anAddressWithAQueryOfItsOwn_keepsIt() {
    provider.document(
        document -> document.put("end_session_endpoint", provider.issuer() + "/endsession?p=x"));
    try (TestConsole console = start()) {
      String goTo =
          signedIn(console).client().delete("/api/v1/session").body().path("goTo").asText();
      assertThat(goTo)
          .startsWith(provider.issuer() + "/endsession?")
          .contains("p=x")
          .contains("id_token_hint=");
    }
  }

  @Test
  void withoutAnEndSessionEndpoint_oneIsSignedOutHere_andToldWhereNot() {
    provider.document(
        document -> {
          document.remove("end_session_endpoint");
          return document;
        });
    try (TestConsole console = start()) {
      assertSignedOutHereOnly(signedIn(console));
    }
  }

  private void assertSignedOutHereOnly(Browser browser) {
    Client.Answer answer = browser.client().delete("/api/v1/session");
    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.body().path("goTo").isNull()).as(answer.text()).isTrue();
    assertThat(answer.body().path("stillAt").asText()).isEqualTo(provider.issuer().toString());
    assertOut(browser);
  }

  @Test
  void whereItIsNotWanted_theProviderIsLeftAlone() {
    try (TestConsole console = start(OidcSignOutTest::here)) {
      assertSignedOutHereOnly(signedIn(console));
    }
  }

  private static OidcConfig here(OidcConfig config) {
    return new OidcConfig(
        config.issuer(),
        config.clientId(),
        config.clientSecret(),
        config.scopes(),
        config.nameClaim(),
        config.roleClaim(),
        config.roles(),
        config.label(),
        config.authorities(),
        false);
  }

  @Test
  void aProviderThatIsDown_keepsNobodyFromSigningOutHere() {
    try (TestConsole console = start()) {
      Browser browser = signedIn(console);
      provider.close();
      Client.Answer answer = browser.client().delete("/api/v1/session");
      assertThat(answer.status()).isEqualTo(200);
      assertOut(browser);
    }
  }

  @Test
  void aPasswordsSession_knowsNoProvider() {
    try (TestConsole console = start()) {
      String word = "'password':'long enough pass'";
      console.admin().post("/api/v1/users", "{'name':'local','role':'viewer'," + word + "}");
      Client.Answer session =
          console.anonymous().post("/api/v1/session", "{'username':'local'," + word + "}");
      Client.Answer out =
          console
              .anonymous()
              .with("Cookie", session.cookie())
              .with("X-CSRF-Token", session.body().path("csrfToken").asText())
              .delete("/api/v1/session");
      assertThat(out.status()).isEqualTo(200);
      assertThat(out.body().path("goTo").isNull()).isTrue();
      assertThat(out.body().path("stillAt").isNull()).isTrue();
    }
  }

  @Test
  void aTokenTooLongForAnAddress_isLeftOut_andTheProviderAsks() {
    try (TestConsole console = start()) {
      provider.claims(
          claims ->
              claims
                  .subject("sub-ada")
                  .claim("preferred_username", "ada")
                  .claim("groups", List.of("staff", "x".repeat(4_000))));
      JsonNode out = signedIn(console).client().delete("/api/v1/session").body();
      assertThat(out.path("goTo").asText())
          .contains("client_id=clearspan")
          .doesNotContain("id_token_hint");
    }
  }

  @Test
  void theIdToken_isNotInTheDatabaseAsItIs() throws Exception {
    try (TestConsole console = start()) {
      Browser browser = signedIn(console);
      byte[] file = Files.readAllBytes(console.config().dataDirectory().resolve("control.mv.db"));
      String stored = new String(file, StandardCharsets.ISO_8859_1);
      String goTo = browser.client().delete("/api/v1/session").body().path("goTo").asText();
      String token = goTo.replaceFirst(".*id_token_hint=([^&]+).*", "$1");
      assertThat(token.split("\\.")).hasSize(3);
      for (String part : token.split("\\.")) {
        assertThat(stored).doesNotContain(part);
      }
      assertThat(stored).as("it is the right file").contains("sub-ada");
    }
  }
}
