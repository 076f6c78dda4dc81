package dev.clearspan.console.grafana;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import org.eclipse.jetty.http.HttpFields;
import org.junit.jupiter.api.Test;

/** The console and Grafana's port behind a TLS proxy, and Grafana below a path. */
class GrafanaBehindProxyTest {
  private static final URI CONSOLE = URI.create("https://ops.example");
  private static final URI GRAFANA = URI.create("https://ops.example:8443");

  @Test
  void byHttps_theCookieTheOriginsAndTheSchemeAreThePublicOnes() throws IOException {
    try (SimpleUpstream upstream = new SimpleUpstream();
        ProxiedGrafana grafana =
            ProxiedGrafana.before(
                upstream.url(),
                config ->
                    config
                        .withPublicUrl(CONSOLE)
                        .withTrustedProxies(List.of("127.0.0.1"))
                        .withGrafanaProxy(config.grafana().withPublicUrl(GRAFANA)))) {
      upstream.on("/d/x", SimpleUpstream.page("board"));
      String cookie = grafana.cookie("viewer-person");
      assertThat(cookie).startsWith("__Host-clearspan_session=");
      String answer =
          exchange(
              grafana,
              "POST /d/x HTTP/1.1",
              "Host: ops.example:8443",
              "Origin: https://ops.example:8443",
              "X-Forwarded-For: 203.0.113.9",
              "Content-Length: 0",
              "Cookie: " + cookie);
      assertThat(answer)
          .startsWith("HTTP/1.1 200")
          .contains("frame-ancestors https://ops.example http://ops.example:");
      HttpFields passed = upstream.asked("/d/x").headers();
      assertThat(passed.get("X-Forwarded-Proto")).isEqualTo("https");
      assertThat(passed.get("X-Forwarded-Host")).isEqualTo("ops.example:8443");
      assertThat(passed.get("X-Forwarded-For")).isEqualTo("203.0.113.9");
      assertThat(passed.get("Cookie")).isNull();
      assertThat(state(grafana).path("url").asText()).isEqualTo("https://ops.example:8443/");

      String plain =
          exchange(
              grafana,
              "GET /d/x HTTP/1.1",
              "Host: ops.example:8443",
              "Accept: text/html",
              "Cookie: " + cookie.replace("__Host-", ""));
      assertThat(plain).startsWith("HTTP/1.1 401").contains("href=\"https://ops.example/\"");
    }
  }

  @Test
  void belowAPath_pathsStayAsTheyAre_andTheRestIsNotGrafanas() {
    try (SimpleUpstream upstream = new SimpleUpstream();
        ProxiedGrafana grafana = ProxiedGrafana.before(upstream.url().resolve("/grafana"))) {
      upstream.on("/grafana/api/health", SimpleUpstream.json("{\"version\":\"12.3.0\"}"));
      upstream.on("/grafana/d/x", SimpleUpstream.page("board"));
      upstream.on("/grafana/d/y", SimpleUpstream.redirect("/grafana/d/x"));
      assertThat(grafana.get("/grafana/d/x").body()).isEqualTo("board");
      assertThat(grafana.get("/grafana/d/y").headers().firstValue("Location"))
          .hasValue("/grafana/d/x");
      HttpResponse<String> root = grafana.get("/");
      assertThat(root.statusCode()).isEqualTo(302);
      assertThat(root.headers().firstValue("Location")).hasValue("/grafana/");
      int before = upstream.count();
      assertThat(grafana.get("/d/x").statusCode()).isEqualTo(404);
      assertThat(grafana.get("/grafanafake/x").statusCode()).isEqualTo(404);
      assertThat(upstream.count()).isEqualTo(before);
      assertThat(state(grafana).path("path").asText()).isEqualTo("/grafana/");
    }
  }

  @Test
  void aCloudsMetadata_isNotConnectedTo() {
    try (ProxiedGrafana grafana = ProxiedGrafana.before(URI.create("http://169.254.169.254"))) {
      await().atMost(Duration.ofSeconds(20)).until(() -> !state(grafana).path("up").asBoolean());
      assertThat(state(grafana).path("detail").asText()).contains("link-local");
    }
  }

  private static JsonNode state(ProxiedGrafana grafana) {
    return grafana.console().admin().get("/api/v1/system").body().path("grafana");
  }

  private static String exchange(ProxiedGrafana grafana, String... lines) throws IOException {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), grafana.port())) {
      socket.setSoTimeout(20_000);
      String request = String.join("\r\n", lines) + "\r\nConnection: close\r\n\r\n";
      socket.getOutputStream().write(request.getBytes(ISO_8859_1));
      return new String(socket.getInputStream().readAllBytes(), ISO_8859_1);
    }
  }
}
