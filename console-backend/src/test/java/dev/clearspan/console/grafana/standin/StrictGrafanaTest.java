package dev.clearspan.console.grafana.standin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.clearspan.console.Client;
import dev.clearspan.console.grafana.ProxiedGrafana;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.WebSocket;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The console's proxy before a Grafana that believes nothing but a good token. */
class StrictGrafanaTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final HttpClient HTTP = HttpClient.newHttpClient();

  private static StrictGrafana grafana;
  private static ProxiedGrafana proxied;
  private static String origin;

  @BeforeAll
  static void start() throws IOException {
    grafana = new StrictGrafana();
    proxied = ProxiedGrafana.before(grafana.url());
    origin = "http://127.0.0.1:" + proxied.port();
    Client.Answer keys = proxied.console().anonymous().get("/api/v1/grafana/jwks.json");
    grafana.configure(URI.create(origin + "/"), new JwtCheck(keys.text()));
  }

  @AfterAll
  static void stop() {
    proxied.close();
    grafana.close();
  }

  @AfterEach
  void nothingReachedGrafanaThatIsNotForIt() {
    List<String> found = List.copyOf(grafana.violations());
    grafana.violations().clear();
    assertThat(found).isEmpty();
  }

  private static HttpRequest.Builder request(String person, String path) {
    return HttpRequest.newBuilder(URI.create(origin + path))
        .header("Cookie", proxied.cookie(person));
  }

  private static HttpResponse<String> send(HttpRequest request) {
    try {
      return HTTP.send(request, BodyHandlers.ofString());
    } catch (IOException | InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  private static JsonNode user(HttpRequest request) throws IOException {
    HttpResponse<String> answer = send(request);
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    return JSON.readTree(answer.body());
  }

  @ParameterizedTest
  @CsvSource({"viewer-person,Viewer", "operator-person,Editor", "admin-person,Admin"})
  void everybodyIsWhoTheConsoleSays_withTheRoleOfTheConsole(String person, String role)
      throws IOException {
    JsonNode user = user(request(person, "/api/user").build());
    assertThat(user.path("login").asText()).isEqualTo(person);
    assertThat(user.path("orgRole").asText()).isEqualTo(role);
    assertThat(user.path("isGrafanaAdmin").asBoolean()).isFalse();
  }

  @Test
  void aPersonNamedAdminIsNotGrafanasServerAdmin() throws IOException {
    Client.Answer created =
        proxied
            .console()
            .admin()
            .post(
                "/api/v1/users", "{'name':'admin','role':'viewer','password':'long enough pass'}");
    assertThat(created.status()).as(created.text()).isLessThan(300);
    JsonNode user = user(request("admin", "/api/user").build());
    assertThat(user.path("isGrafanaAdmin").asBoolean()).isFalse();
    assertThat(user.path("orgRole").asText()).isEqualTo("Viewer");
  }

  @Test
  void whoIsNotSignedInAtTheConsoleReachesNothing() {
    for (String path : new String[] {"/", "/d/x/y", "/api/user", "/login", "/public/a.js"}) {
      HttpResponse<String> answer = send(HttpRequest.newBuilder(URI.create(origin + path)).build());
      assertThat(answer.statusCode()).as(path).isEqualTo(401);
      assertThat(answer.body()).doesNotContain("Grafana's own sign-in");
    }
  }

  @Test
  void whatTheBrowserClaimsOfItselfDoesNotReachGrafana() throws IOException {
    JsonNode user =
        user(
            request("viewer-person", "/api/user")
                .header("X-JWT-Assertion", "eyJhbGciOiJub25lIn0.eyJsb2dpbiI6ImFkbWluIn0.")
                .header("X-WEBAUTH-USER", "admin")
                .header("X-WEBAUTH-ROLE", "Admin")
                .header("Authorization", "Basic YWRtaW46YWRtaW4=")
                .header("X-Forwarded-Host", "evil.example")
                .header("Cookie", "grafana_session=stale; grafana_session_expiry=1; other=1")
                .build());
    assertThat(user.path("login").asText()).isEqualTo("viewer-person");
    assertThat(user.path("orgRole").asText()).isEqualTo("Viewer");
  }

  @Test
  void theConsolesPagesAloneMayFrameIt() {
    HttpResponse<String> page = send(request("viewer-person", "/d/abc/service?kiosk=1").build());
    assertThat(page.body()).contains("dashboard of viewer-person");
    assertThat(page.headers().firstValue("X-Frame-Options")).isEmpty();
    assertThat(page.headers().allValues("Content-Security-Policy"))
        .anyMatch(
            policy ->
                policy.contains(
                    "frame-ancestors http://127.0.0.1:" + proxied.console().console().port()));
  }

  @Test
  void queriesOfItsOwnPagesPass_andNobodyElses() {
    HttpRequest.Builder query =
        request("viewer-person", "/api/ds/query").POST(BodyPublishers.ofString("{\"a\":1}"));
    HttpResponse<String> own = send(query.copy().header("Origin", origin).build());
    assertThat(own.statusCode()).as(own.body()).isEqualTo(200);
    assertThat(own.body()).contains("asked");
    for (String foreign : new String[] {"http://evil.example", "null", origin + "0"}) {
      assertThat(send(query.copy().header("Origin", foreign).build()).statusCode())
          .as(foreign)
          .isEqualTo(403);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/d/%2e%2e/admin/users",
        "/d/..%2fadmin/users",
        "/d/%2e%2e%2fadmin%2fusers",
        "//admin/users",
        "/d/;/../admin/users",
        "/d/%5c..%5cadmin/users"
      })
  void pathsThatMeanAnotherPlaceAreRefused(String path) {
    HttpResponse<String> answer = send(request("viewer-person", path).build());
    assertThat(answer.statusCode()).isBetween(400, 499);
    assertThat(answer.body()).doesNotContain("the server admin's pages");
  }

  @Test
  void grafanaLiveIsReached_fromItsOwnPagesOnly() throws InterruptedException {
    Heard heard = new Heard();
    WebSocket socket = open(origin, heard);
    assertThat(heard.texts.poll(10, TimeUnit.SECONDS)).isEqualTo("welcome");
    socket.sendText("hello", true).join();
    assertThat(heard.texts.poll(10, TimeUnit.SECONDS)).isEqualTo("echo hello");
    socket.sendClose(WebSocket.NORMAL_CLOSURE, "").join();
    assertThatThrownBy(() -> open("http://evil.example", new Heard()))
        .isInstanceOf(CompletionException.class);
  }

  private static WebSocket open(String from, Heard heard) {
    return HTTP.newWebSocketBuilder()
        .header("Cookie", proxied.cookie("viewer-person"))
        .header("Origin", from)
        .buildAsync(URI.create(origin.replace("http:", "ws:") + "/api/live/ws"), heard)
        .join();
  }

  private static final class Heard implements WebSocket.Listener {
    private final BlockingQueue<String> texts = new LinkedBlockingQueue<>();

    @Override
    public @Nullable CompletionStage<?> onText(WebSocket socket, CharSequence data, boolean last) {
      texts.add(data.toString());
      socket.request(1);
      return null;
    }
  }
}
