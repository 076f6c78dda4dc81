package dev.clearspan.console.grafana;

import static org.assertj.core.api.Assertions.assertThat;

import dev.clearspan.console.Client;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.Locale;
import org.eclipse.jetty.io.Content;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What goes through the proxy, and what does not. */
class GrafanaProxyTest {
  private static SimpleUpstream upstream;
  private static ProxiedGrafana grafana;

  @BeforeAll
  static void start() {
    upstream = new SimpleUpstream();
    grafana = ProxiedGrafana.before(upstream.url());
  }

  @AfterAll
  static void stop() {
    grafana.close();
    upstream.close();
  }

  @Test
  void aReading_comesThroughWithItsQuery() {
    upstream.on("/api/search", SimpleUpstream.json("[{\"uid\":\"clearspan-service\"}]"));
    HttpResponse<String> answer = grafana.get("/api/search?query=a%20b&tag=x%7Cy");
    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.body()).isEqualTo("[{\"uid\":\"clearspan-service\"}]");
    assertThat(answer.headers().firstValue("Content-Type")).hasValue("application/json");
    assertThat(upstream.asked("/api/search").uri().getQuery()).isEqualTo("query=a%20b&tag=x%7Cy");
  }

  @ParameterizedTest
  @ValueSource(strings = {"POST", "PUT", "PATCH", "DELETE"})
  void aChange_comesThroughWithItsBody(String method) {
    upstream.on(
        "/api/dashboards/db",
        (request, response, callback) ->
            Content.Sink.write(
                response, true, request.getMethod() + Content.Source.asString(request), callback));
    HttpResponse<String> answer =
        ProxiedGrafana.send(
            grafana
                .signedIn("/api/dashboards/db")
                .header("Origin", grafana.origin())
                .header("Sec-Fetch-Site", "same-origin")
                .method(method, ProxiedGrafana.text("{\"title\":\"münze\"}"))
                .build());
    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.body()).isEqualTo(method + "{\"title\":\"münze\"}");
  }

  @Test
  void whoIsNotSignedIn_getsALinkToTheConsole_andGrafanaIsNotAsked() {
    int before = upstream.count();
    HttpResponse<String> page =
        ProxiedGrafana.send(grafana.request("/d/x").header("Accept", "text/html").build());
    assertThat(page.statusCode()).isEqualTo(401);
    assertThat(page.headers().firstValue("Content-Type")).hasValue("text/html; charset=utf-8");
    assertThat(page.body())
        .contains("Sign in to the console first")
        .contains("href=\"" + grafana.console().console().url() + "/\" target=\"_top\"");
    HttpResponse<String> data = ProxiedGrafana.send(grafana.request("/api/search").build());
    assertThat(data.statusCode()).isEqualTo(401);
    assertThat(data.headers().firstValue("Content-Type")).hasValue("application/problem+json");
    assertThat(upstream.count()).isEqualTo(before);
  }

  @Test
  void aSessionThatHasEnded_isNobodys() {
    upstream.on("/api/search", SimpleUpstream.json("[]"));
    Client.Answer session = grafana.signIn("viewer-person");
    HttpRequest request = grafana.request("/api/search").header("Cookie", session.cookie()).build();
    assertThat(ProxiedGrafana.send(request).statusCode()).isEqualTo(200);
    grafana
        .console()
        .anonymous()
        .with("Cookie", session.cookie())
        .with("X-CSRF-Token", session.body().get("csrfToken").textValue())
        .delete("/api/v1/session");
    assertThat(ProxiedGrafana.send(request).statusCode()).isEqualTo(401);
  }

  @ParameterizedTest
  @CsvSource({
    "http://evil.example, cross-site",
    "http://evil.example,",
    "CONSOLE, same-site",
    "CONSOLE,",
    "null, cross-site",
    ", same-site",
  })
  void aChangeThatAnotherSiteAsksFor_isRefused(String origin, String site) {
    int before = upstream.count();
    HttpRequest.Builder request = grafana.signedIn("/api/dashboards/db");
    if (origin != null) {
      String console = grafana.console().console().url().toString();
      request.header("Origin", origin.equals("CONSOLE") ? console : origin);
    }
    if (site != null) {
      request.header("Sec-Fetch-Site", site);
    }
    HttpResponse<String> answer =
        ProxiedGrafana.send(request.POST(ProxiedGrafana.text("{}")).build());
    assertThat(answer.statusCode()).isEqualTo(403);
    assertThat(upstream.count()).isEqualTo(before);
  }

  @Test
  void aRedirectWithinGrafana_isPassedOnAsAPath_andNotFollowed() {
    String own = upstream.url().toString();
    for (String location :
        new String[] {"/d/b?x=1#y", own + "/d/b?x=1#y", grafana.origin() + "/d/b?x=1#y"}) {
      upstream.on("/d/a", SimpleUpstream.redirect(location));
      HttpResponse<String> answer = grafana.get("/d/a");
      assertThat(answer.statusCode()).as(location).isEqualTo(302);
      assertThat(answer.headers().firstValue("Location")).hasValue("/d/b?x=1#y");
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "http://evil.example/",
        "//evil.example/",
        "/\\evil.example/",
        "https://127.0.0.1/",
        "javascript:alert(1)",
        "/%2e%2e/x",
        "evil"
      })
  void aRedirectOutOfGrafana_isNotPassedOn(String location) {
    upstream.on("/d/away", SimpleUpstream.redirect(location));
    HttpResponse<String> answer = grafana.get("/d/away");
    assertThat(answer.statusCode()).isEqualTo(502);
    assertThat(answer.headers().firstValue("Location")).isEmpty();
    assertThat(answer.body()).contains("root_url = " + grafana.origin() + "/");
  }

  @Test
  void theAnswersHeaders_saySoWhoMayEmbed_andReachNoFurtherThanThisPort() {
    upstream.on(
        "/d/framed",
        (request, response, callback) -> {
          response
              .getHeaders()
              .add("X-Frame-Options", "deny")
              .add("Content-Security-Policy", "script-src 'self'; frame-ancestors 'none'")
              .add("Set-Cookie", "grafana_session=abc; Path=/; HttpOnly")
              .add("Set-Cookie", "clearspan_session=stolen; Path=/")
              .add("Set-Cookie", "__Host-clearspan_session=stolen; Path=/; Secure")
              .add("Set-Cookie", "redirect_to=%2F; Path=/")
              .add("Strict-Transport-Security", "max-age=1")
              .add("Clear-Site-Data", "\"cookies\"")
              .add("Access-Control-Allow-Origin", "*")
              .add("Cache-Control", "public, max-age=60")
              .add("Server", "grafana");
          SimpleUpstream.page("<p>board</p>").give(request, response, callback);
        });
    HttpResponse<String> answer = grafana.get("/d/framed");
    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.headers().allValues("Content-Security-Policy"))
        .containsExactly(
            "script-src 'self'", "frame-ancestors " + grafana.console().console().url());
    assertThat(answer.headers().allValues("Set-Cookie")).containsExactly("redirect_to=%2F; Path=/");
    assertThat(answer.headers().allValues("Cache-Control")).containsExactly("no-store");
    assertThat(answer.headers().map().keySet())
        .map(name -> name.toLowerCase(Locale.ROOT))
        .doesNotContain(
            "x-frame-options",
            "strict-transport-security",
            "clear-site-data",
            "access-control-allow-origin",
            "server");
  }

  @Test
  void theConsolesPages_mayEmbedThisPortOnly() {
    Client.Answer page = grafana.console().anonymous().get("/metrics");
    assertThat(page.header("Content-Security-Policy"))
        .contains("frame-src " + grafana.origin() + ";");
  }
}
