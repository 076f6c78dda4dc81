package dev.clearspan.console;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.sun.net.httpserver.HttpHandler;
import dev.clearspan.console.oidc.TestProvider;
import java.io.OutputStream;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What the ID token leaves out and the userinfo endpoint tells. */
class OidcUserInfoTest {
  private static TestProvider provider;
  private static TestConsole console;
  private static int people;

  private String subject;

  @BeforeAll
  static void start() {
    provider = new TestProvider();
    console =
        TestConsole.start(
            config ->
                config.withSecurity(
                    config.security().withOidc(provider.config("sre=admin,staff=viewer"))));
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
  }

  @AfterAll
  static void stop() {
    console.close();
    provider.close();
  }

  @BeforeEach
  void tellOnlyTheSubject() {
    subject = "subject-" + ++people;
    provider.claims(claims -> claims.subject(subject).claim("groups", null));
  }

  private static JsonNode user(Browser browser) {
    return browser.client().get("/api/v1/session").body().path("user");
  }

  private String told(String more) {
    return ("{'sub':'" + subject + "'" + more + "}").replace('\'', '"');
  }

  @Test
  void groupsAndName_areThoseOfUserInfo() {
    provider.tells(told(",'preferred_username':'" + subject + "-name','groups':['sre']"));
    Browser browser = new Browser(console);
    assertThat(browser.signIn()).isEqualTo("/traces");
    assertThat(user(browser).path("role").asText()).isEqualTo("admin");
    assertThat(user(browser).path("name").asText()).isEqualTo(subject + "-name");
  }

  @Test
  void whatTheIdTokenSays_userInfoDoesNotChange() {
    provider.claims(
        claims ->
            claims
                .subject(subject)
                .claim("preferred_username", "signed-" + subject)
                .claim("groups", null));
    provider.tells(told(",'preferred_username':'other','groups':['staff']"));
    Browser browser = new Browser(console);
    assertThat(browser.signIn()).isEqualTo("/traces");
    assertThat(user(browser).path("name").asText()).isEqualTo("signed-" + subject);
  }

  @Test
  void aTokenThatSaysAll_alsoThatThereAreNoGroups_askNobody() {
    provider.tells(told(",'groups':['sre']"));
    int before = provider.userInfoRequests();
    provider.person(subject, "whole-" + subject, "staff");
    assertThat(new Browser(console).signIn()).isEqualTo("/traces");
    provider.person(subject, "whole-" + subject);
    assertThat(new Browser(console).signIn()).isEqualTo("/sign-in?problem=no-role");
    assertThat(provider.userInfoRequests()).isEqualTo(before);
  }

  @Test
  void noGroupsAnywhere_isNoRole() {
    provider.tells(told(""));
    assertThat(new Browser(console).signIn()).isEqualTo("/sign-in?problem=no-role");
  }

  static Stream<Arguments> wrongAnswers() {
    String admin = "\"groups\":[\"sre\"]}";
    return Stream.of(
        wrong("sub: subject-of-another", 200, "{\"sub\":\"subject-of-another\"," + admin),
        wrong("another case of it", 200, "{\"sub\":\"SUBJECT\"," + admin),
        wrong("no sub", 200, "{" + admin),
        wrong("no JSON", 200, "<html>"),
        wrong("no object", 200, "[]"),
        wrong("status 403", 403, "{}"),
        wrong("a redirect", 302, "{\"sub\":\"SUBJECT\"," + admin));
  }

  private static Arguments wrong(String what, int status, String body) {
    return Arguments.of(what, status, body);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("wrongAnswers")
  void whatIsToldOfSomebodyElse_orNotRight_signsNobodyIn(String what, int status, String body) {
    provider.userInfo(
        exchange -> {
          exchange.getResponseHeaders().set("Location", "/elsewhere");
          TestProvider.write(exchange, status, body);
        });
    assertRefused("refused");
  }

  private void assertRefused(String problem) {
    Browser browser = new Browser(console);
    assertThat(browser.signIn()).isEqualTo("/sign-in?problem=" + problem);
    assertThat(browser.client().get("/api/v1/session").status()).isEqualTo(401);
    String log = console.admin().get("/api/v1/account-changes?limit=5").text();
    assertThat(log).contains("userinfo endpoint: ").doesNotContain(provider.accessToken());
    assertThat(console.admin().get("/api/v1/users").text()).doesNotContain(subject);
  }

  @Test
  void whoWasRefused_isNamedWithWhatWasExpected() {
    provider.tells("{\"sub\":\"another\\nline\",\"groups\":[\"sre\"]}");
    assertRefused("refused");
    assertThat(console.admin().get("/api/v1/account-changes?limit=1").body().toString())
        .contains("sub: another?line (expected: " + subject + ")");
  }

  @Test
  void aFailingEndpoint_isUnreachable() {
    provider.userInfo(exchange -> TestProvider.write(exchange, 503, "{}"));
    assertRefused("unreachable");
  }

  @Test
  void anAnswerTooLarge_isNotReadToItsEnd() {
    provider.tells(told(",'groups':['sre'],'x':'" + "x".repeat(300_000) + "'"));
    assertRefused("unreachable");
    assertThat(console.admin().get("/api/v1/account-changes?limit=1").text())
        .contains("more than 262144 bytes");
  }

  @Test
  void anAnswerThatTricklesIn_isNotWaitedForLongerThanFiveSeconds() {
    CountDownLatch never = new CountDownLatch(1);
    HttpHandler endless =
        exchange -> {
          exchange.getResponseHeaders().set("Content-Type", "application/json");
          exchange.sendResponseHeaders(200, 0);
          OutputStream body = exchange.getResponseBody();
          body.write('{');
          body.flush();
          try {
            never.await();
          } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
          }
        };
    provider.userInfo(endless);
    long begun = System.nanoTime();
    assertRefused("unreachable");
    assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(Duration.ofSeconds(15));
    assertThat(console.admin().get("/api/v1/account-changes?limit=1").text())
        .contains("no whole answer (expected: one in 5 s)");
    never.countDown();
  }
}
