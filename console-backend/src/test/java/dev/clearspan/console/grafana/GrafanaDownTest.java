package dev.clearspan.console.grafana;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;

/** Grafana is away, silent or breaks off. */
class GrafanaDownTest {
  private static final Duration PATIENCE = Duration.ofSeconds(20);

  @Test
  void away_itIsSaidWithinTwoSeconds_andItComesBackByItself() throws IOException {
    int port;
    try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = free.getLocalPort();
    }
    try (ProxiedGrafana grafana = ProxiedGrafana.before(URI.create("http://127.0.0.1:" + port))) {
      HttpRequest request = grafana.signedIn("/d/x").header("Accept", "text/html").build();
      long before = System.nanoTime();
      HttpResponse<String> answer = ProxiedGrafana.send(request);
      assertThat(Duration.ofNanos(System.nanoTime() - before)).isLessThan(Duration.ofSeconds(2));
      assertThat(answer.statusCode()).isEqualTo(502);
      assertThat(answer.body())
          .contains("Grafana cannot be shown")
          .contains("The console has charts of its own")
          .doesNotContain("Exception");
      JsonNode state = state(grafana);
      assertThat(state.path("up").asBoolean()).isFalse();
      assertThat(state.path("detail").asText()).contains("127.0.0.1:" + port);

      try (SimpleUpstream upstream = new SimpleUpstream(port)) {
        upstream.on("/d/x", SimpleUpstream.page("back"));
        await().atMost(PATIENCE).until(() -> ProxiedGrafana.send(request).statusCode() == 200);
        assertThat(state(grafana).path("up").asBoolean()).isTrue();
        assertThat(state(grafana).path("version").asText()).isEqualTo("12.3.0");
      }
    }
  }

  @Test
  void silent_itIsNoticedByAskingForItsHealth() throws IOException {
    try (ServerSocket silent = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        ProxiedGrafana grafana =
            ProxiedGrafana.before(URI.create("http://127.0.0.1:" + silent.getLocalPort()))) {
      await().atMost(PATIENCE).until(() -> !state(grafana).path("up").asBoolean());
      assertThat(state(grafana).path("detail").asText()).contains("no answer within 1500 ms");
      long before = System.nanoTime();
      assertThat(grafana.get("/d/x").statusCode()).isEqualTo(502);
      assertThat(Duration.ofNanos(System.nanoTime() - before)).isLessThan(Duration.ofSeconds(2));
    }
  }

  @Test
  void slow_itIsWaitedForAsLongAsIsSet() {
    try (SimpleUpstream upstream = new SimpleUpstream();
        ProxiedGrafana grafana =
            ProxiedGrafana.before(
                upstream.url(),
                config ->
                    config.withGrafanaProxy(config.grafana().withSilence(Duration.ofSeconds(1))))) {
      upstream.on("/d/never", (request, response, callback) -> {});
      HttpResponse<String> answer = grafana.get("/d/never");
      assertThat(answer.statusCode()).isEqualTo(504);
      assertThat(answer.body()).contains("Grafana has not answered for 1 s");
      upstream.on("/d/x", SimpleUpstream.page("board"));
      assertThat(grafana.get("/d/x").statusCode()).isEqualTo(200);
    }
  }

  @Test
  void ill_itsHealthSaysSo() {
    try (SimpleUpstream upstream = new SimpleUpstream();
        ProxiedGrafana grafana = ProxiedGrafana.before(upstream.url())) {
      upstream.on(
          "/api/health",
          (request, response, callback) -> {
            response.setStatus(503);
            SimpleUpstream.json("{\"database\":\"failing\"}").give(request, response, callback);
          });
      await().atMost(PATIENCE).until(() -> !state(grafana).path("up").asBoolean());
      assertThat(state(grafana).path("detail").asText())
          .isEqualTo("Grafana answers 503 to /api/health (expected: 200)");
    }
  }

  @Test
  void brokenOffBeforeTheHead_isSaid_andInTheBody_isCutOff() throws Exception {
    try (Breaking upstream = new Breaking();
        ProxiedGrafana grafana = ProxiedGrafana.before(upstream.url())) {
      HttpResponse<String> headless = grafana.get("/head");
      assertThat(headless.statusCode()).isEqualTo(502);
      assertThat(headless.body()).contains("Grafana broke off its answer");
      HttpRequest request = grafana.signedIn("/body").build();
      assertThat(org.assertj.core.api.Assertions.catchThrowable(() -> ProxiedGrafana.send(request)))
          .isNotNull();
      assertThat(grafana.get("/whole").body()).isEqualTo("whole");
    }
  }

  @Test
  void whoeverItDoesNotBelieve_isToldSo_insteadOfItsSignInPage() {
    try (SimpleUpstream upstream = new SimpleUpstream();
        ProxiedGrafana grafana = ProxiedGrafana.before(upstream.url())) {
      upstream.on("/d/x", SimpleUpstream.redirect("/login"));
      HttpResponse<String> answer = grafana.get("/d/x");
      assertThat(answer.statusCode()).isEqualTo(502);
      assertThat(answer.body()).contains("does not believe who the console says you are");
      assertThat(state(grafana).path("up").asBoolean()).isFalse();
      assertThat(state(grafana).path("detail").asText()).contains("[auth.jwt]");

      upstream.on("/api/user", SimpleUpstream.json("{}"));
      await().atMost(PATIENCE).until(() -> state(grafana).path("up").asBoolean());
      assertThat(upstream.asked("/api/user").headers().get("X-JWT-Assertion")).isNotEmpty();
    }
  }

  private static JsonNode state(ProxiedGrafana grafana) {
    return grafana.console().admin().get("/api/v1/system").body().path("grafana");
  }

  /** Resets the connection before the head, within the body, or not at all. */
  private static final class Breaking implements AutoCloseable {
    private final ServerSocket server;
    private final List<Socket> open = new CopyOnWriteArrayList<>();

    Breaking() throws IOException {
      server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
      Thread acceptor = new Thread(this::accept, "breaking-upstream");
      acceptor.setDaemon(true);
      acceptor.start();
    }

    private void accept() {
      try {
        while (true) {
          Socket socket = server.accept();
          open.add(socket);
          Thread one = new Thread(() -> serve(socket), "breaking-connection");
          one.setDaemon(true);
          one.start();
        }
      } catch (IOException e) {
        // Closed.
      }
    }

    private static void serve(Socket socket) {
      try (socket) {
        String head = head(socket.getInputStream());
        OutputStream out = socket.getOutputStream();
        if (head.startsWith("GET /body")) {
          out.write(ascii("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nhalf"));
          out.flush();
          socket.setSoLinger(true, 0);
        } else if (head.startsWith("GET /head")) {
          socket.setSoLinger(true, 0);
        } else {
          out.write(
              ascii("HTTP/1.1 200 OK\r\nContent-Length: 5\r\nConnection: close\r\n\r\nwhole"));
        }
      } catch (IOException e) {
        // The other side was faster.
      }
    }

    private static String head(InputStream in) throws IOException {
      StringBuilder head = new StringBuilder();
      for (int c = in.read(); c >= 0; c = in.read()) {
        head.append((char) c);
        if (head.toString().endsWith("\r\n\r\n")) {
          break;
        }
      }
      return head.toString();
    }

    private static byte[] ascii(String text) {
      return text.getBytes(StandardCharsets.US_ASCII);
    }

    URI url() {
      return URI.create("http://127.0.0.1:" + server.getLocalPort());
    }

    @Override
    public void close() throws IOException {
      server.close();
      for (Socket socket : open) {
        socket.close();
      }
    }
  }
}
