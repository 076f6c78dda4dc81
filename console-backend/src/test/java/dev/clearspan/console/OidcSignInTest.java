package dev.clearspan.console;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.nimbusds.jwt.JWTClaimsSet;
import dev.clearspan.console.oidc.TestProvider;
import dev.clearspan.console.oidc.TestProvider.Signing;
import java.net.URI;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Sign-in with a provider, from the browser's first step to its session. */
class OidcSignInTest {
  private static final String ROLES = "sre=admin,ops=operator:pay*,staff=viewer";
  private static final String PASSWORD = "long enough pass";

  private static TestProvider provider;
  private static TestConsole console;
  private static int people;

  @BeforeAll
  static void start() {
    provider = new TestProvider();
    console = start(provider);
    awaitProvider(true);
  }

  private static TestConsole start(TestProvider of) {
    return TestConsole.start(
        config -> config.withSecurity(config.security().withOidc(of.config(ROLES))));
  }

  @AfterAll
  static void stop() {
    console.close();
    provider.close();
  }

  @BeforeEach
  void beRight() {
    provider.signing(Signing.OWN_KEY);
    provider.person("subject-" + ++people, "person-" + people, "staff");
  }

  private static void awaitProvider(boolean available) {
    await()
        .atMost(Duration.ofSeconds(30))
        .until(
            () ->
                console
                        .anonymous()
                        .get("/api/v1/setup")
                        .body()
                        .at("/provider/available")
                        .booleanValue()
                    == available);
  }

  @Test
  void signsIn_withTheRightsOfTheGroups_andIsListed() {
    provider.person("sub-grace", "grace", "ops", "staff", "unknown");
    Browser browser = new Browser(console);
    assertThat(browser.signIn()).isEqualTo("/traces");
    JsonNode session = browser.client().get("/api/v1/session").body();
    assertThat(session.at("/user/name").asText()).isEqualTo("grace");
    assertThat(session.at("/user/role").asText()).isEqualTo("operator");
    assertThat(session.at("/user/kind").asText()).isEqualTo("external");
    String control = "{'weight':1,'reason':'r'}";
    assertThat(
            browser.client().put("/api/v1/services/payments/instances/i/control", control).status())
        .as("there is no such instance, but it may steer it")
        .isEqualTo(404);
    assertThat(
            browser.client().put("/api/v1/services/orders/instances/i/control", control).status())
        .isEqualTo(403);
    JsonNode listed = user("grace");
    assertThat(listed.path("issuer").asText()).isEqualTo(provider.issuer().toString());
    assertThat(listed.at("/services/0").asText()).isEqualTo("pay*");
    assertThat(console.admin().get("/api/v1/account-changes?limit=20").text())
        .contains("with " + provider.issuer() + " as operator of pay*");
  }

  private static JsonNode user(String name) {
    for (JsonNode user : console.admin().get("/api/v1/users").body()) {
      if (user.path("name").asText().equals(name)) {
        return user;
      }
    }
    throw new AssertionError("no user " + name);
  }

  @Test
  void rightsFollowTheGroups_theNameStays_andThereIsNoPassword() {
    provider.person("sub-ada", "ada", "staff");
    assertThat(new Browser(console).signIn()).isEqualTo("/traces");
    provider.person("sub-ada", "ada.renamed", "sre");
    Browser again = new Browser(console);
    again.signIn();
    assertThat(again.client().get("/api/v1/session").body().at("/user/name").asText())
        .isEqualTo("ada");
    assertThat(user("ada").path("role").asText()).isEqualTo("admin");
    for (String password : new String[] {"", "$", PASSWORD}) {
      assertThat(
              console
                  .anonymous()
                  .post("/api/v1/session", "{'username':'ada','password':'" + password + "'}")
                  .status())
          .isIn(401, 422);
    }
    Client.Answer changed =
        console.admin().put("/api/v1/users/ada", "{'password':'" + PASSWORD + "'}");
    assertThat(changed.status()).isEqualTo(409);
    Client.Answer own =
        again
            .client()
            .put(
                "/api/v1/session/password",
                "{'currentPassword':'x','newPassword':'" + PASSWORD + "'}");
    assertThat(own.status()).isEqualTo(409);
  }

  @Test
  void withoutARole_nobodyGetsIn() {
    provider.person("sub-eve", "eve", "visitors");
    Browser browser = new Browser(console);
    assertThat(browser.signIn()).isEqualTo("/sign-in?problem=no-role");
    assertThat(browser.client().get("/api/v1/session").status()).isEqualTo(401);
    assertThat(console.admin().get("/api/v1/account-changes?limit=20").text())
        .contains("eve is in none of the groups");
  }

  @Test
  void nobodyBecomesSomebodyByAName() {
    console
        .admin()
        .post("/api/v1/users", "{'name':'linus','role':'viewer','password':'" + PASSWORD + "'}");
    provider.person("sub-other", "linus", "sre");
    assertThat(new Browser(console).signIn()).isEqualTo("/sign-in?problem=name");
    assertThat(user("linus").path("role").asText()).isEqualTo("viewer");
    provider.person("sub-odd", "a name\nwith <lines>", "sre");
    assertThat(new Browser(console).signIn()).isEqualTo("/sign-in?problem=name");
  }

  static Stream<Arguments> wrongTokens() {
    Instant now = Instant.now();
    return Stream.of(
        wrong("nonce", claims -> claims.claim("nonce", "another")),
        wrong("no nonce", claims -> claims.claim("nonce", null)),
        wrong("audience", claims -> claims.audience("another client")),
        wrong("issuer", claims -> claims.issuer("http://127.0.0.1:1/default")),
        wrong("expired", claims -> claims.expirationTime(Date.from(now.minusSeconds(120)))),
        wrong("no expiry", claims -> claims.expirationTime(null)),
        wrong("from the future", claims -> claims.issueTime(Date.from(now.plusSeconds(600)))),
        wrong("no subject", claims -> claims.subject(null)),
        wrong(
            "hash of another access token",
            claims -> claims.claim("at_hash", "AAAAAAAAAAAAAAAAAAAAAA")),
        wrong(
            "several audiences, not the authorized party",
            claims ->
                claims
                    .audience(java.util.List.of(TestProvider.CLIENT, "another"))
                    .claim("azp", "another")));
  }

  private static Arguments wrong(String what, Consumer<JWTClaimsSet.Builder> claims) {
    return Arguments.of(what, claims);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("wrongTokens")
  void aTokenThatDoesNotHold_signsNobodyIn(String what, Consumer<JWTClaimsSet.Builder> claims) {
    provider.claims(
        builder -> {
          builder.claim("preferred_username", "mallory").claim("groups", java.util.List.of("sre"));
          claims.accept(builder);
        });
    assertRefused("refused");
  }

  private static void assertRefused(String problem) {
    Browser browser = new Browser(console);
    assertThat(browser.signIn()).isEqualTo("/sign-in?problem=" + problem);
    assertThat(browser.client().get("/api/v1/session").status()).isEqualTo(401);
  }

  @ParameterizedTest
  @MethodSource("wrongSignings")
  void aTokenThatTheProviderHasNotSigned_signsNobodyIn(Signing signing) {
    provider.signing(signing);
    assertRefused("refused");
  }

  static Stream<Signing> wrongSignings() {
    return Stream.of(Signing.NONE, Signing.CLIENT_SECRET, Signing.UNPUBLISHED_KEY);
  }

  @Test
  void aNewKeyOfTheProvider_isFetched() {
    assertThat(new Browser(console).signIn()).isEqualTo("/traces");
    provider.rotateKey();
    assertThat(new Browser(console).signIn()).isEqualTo("/traces");
  }

  @Test
  void aCallbackIsGoodOnce_inTheBrowserThatBeganIt_withItsState() {
    Browser browser = new Browser(console);
    URI callback = browser.toCallback("/traces");
    assertThat(new Browser(console).end(callback))
        .as("login CSRF")
        .isEqualTo("/sign-in?problem=expired");
    assertThat(browser.end(callback)).as("it was used up").isEqualTo("/sign-in?problem=expired");

    Browser second = new Browser(console);
    URI good = second.toCallback("/traces");
    String cookie = second.signInCookie;
    assertThat(second.end(good)).isEqualTo("/traces");
    second.signInCookie = cookie;
    assertThat(second.end(good)).as("replayed").isEqualTo("/sign-in?problem=expired");

    Browser third = new Browser(console);
    String forged = third.toCallback("/traces").toString().replaceFirst("state=[^&]+", "state=x");
    assertThat(third.end(URI.create(forged))).isEqualTo("/sign-in?problem=expired");
    Browser fourth = new Browser(console);
    String twice = fourth.toCallback("/traces") + "&state=x";
    assertThat(fourth.end(URI.create(twice))).isEqualTo("/sign-in?problem=expired");
  }

  @Test
  void aCodeOfSomebodyElse_orAnotherIssuersAnswer_isRefused() {
    Browser browser = new Browser(console);
    String invented = browser.toCallback("/traces").toString().replaceFirst("code=[^&]+", "code=x");
    assertThat(browser.end(URI.create(invented))).isEqualTo("/sign-in?problem=refused");
    Browser mixedUp = new Browser(console);
    String other = mixedUp.toCallback("/traces") + "&iss=https://other.example";
    assertThat(mixedUp.end(URI.create(other))).isEqualTo("/sign-in?problem=refused");
    Browser denied = new Browser(console);
    String error =
        denied.toCallback("/traces").toString().replaceFirst("code=[^&]+", "error=access_denied");
    assertThat(denied.end(URI.create(error))).isEqualTo("/sign-in?problem=refused");
  }

  @Test
  void noAddressOfARequestIsGoneTo() {
    for (String to :
        new String[] {
          "//evil.example", "https://evil.example", "/%5Cevil.example", "javascript:1", "%0d%0aX:1"
        }) {
      Browser browser = new Browser(console);
      assertThat(browser.end(browser.toCallback(to))).as(to).isEqualTo("/topology");
    }
  }

  @Test
  void theRequestToTheProvider_hasPkceStateAndNonce() {
    HttpResponse<String> answer =
        new Browser(console).get(console.console().url().resolve("/api/v1/oidc/sign-in"));
    String location = answer.headers().firstValue("Location").orElseThrow();
    assertThat(location)
        .startsWith(provider.issuer().toString())
        .contains("code_challenge_method=S256")
        .contains("code_challenge=")
        .contains("state=")
        .contains("nonce=")
        .contains("response_type=code");
    assertThat(answer.headers().allValues("Set-Cookie").get(0))
        .contains("HttpOnly")
        .contains("SameSite=Lax")
        .contains("Path=/api/v1/oidc");
  }

  @Test
  void beforeThereIsAnAdmin_setUpStaysPossible() {
    try (TestConsole own = start(provider)) {
      assertThat(own.anonymous().get("/api/v1/setup").body().at("/required").booleanValue())
          .isTrue();
    }
  }

  @Test
  void anAwayProvider_isSaid_andPasswordsGoOn() {
    TestProvider gone = new TestProvider();
    Map<String, String> word = Map.of("name", "local", "password", PASSWORD);
    try (TestConsole own = start(gone)) {
      gone.close();
      own.admin()
          .post(
              "/api/v1/users",
              "{'name':'"
                  + word.get("name")
                  + "','role':'admin','password':'"
                  + word.get("password")
                  + "'}");
      Client.Answer session =
          own.anonymous()
              .post("/api/v1/session", "{'username':'local','password':'" + PASSWORD + "'}");
      assertThat(session.status()).isEqualTo(200);
    }
    try (TestConsole own = start(gone)) {
      JsonNode setup = own.anonymous().get("/api/v1/setup").body();
      assertThat(setup.at("/provider/available").booleanValue()).isFalse();
      assertThat(setup.at("/provider/label").asText()).isEqualTo("Example");
      Client.Answer away = own.anonymous().get("/api/v1/oidc/sign-in");
      assertThat(away.status()).isEqualTo(302);
      assertThat(away.header("Location")).endsWith("/sign-in?problem=unreachable");
    }
  }

  @Test
  void aProviderThatSendsSecretsElsewhere_isNotUsed() {
    try (TestProvider odd = new TestProvider()) {
      odd.document(document -> document.put("token_endpoint", "http://evil.example/token"));
      try (TestConsole own = start(odd)) {
        await().until(() -> own.anonymous().get("/api/v1/oidc/sign-in").status() == 302);
        assertThat(
                own.anonymous().get("/api/v1/setup").body().at("/provider/available").asBoolean())
            .isFalse();
      }
    }
  }
}
