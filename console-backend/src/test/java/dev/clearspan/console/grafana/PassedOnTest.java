package dev.clearspan.console.grafana;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The bytes that Grafana gets for the bytes that a browser sends. */
class PassedOnTest {
  private static Recorder recorder;
  private static ProxiedGrafana grafana;
  private static String cookie;

  @BeforeAll
  static void start() throws IOException {
    recorder = new Recorder();
    grafana = ProxiedGrafana.before(recorder.url());
    cookie = grafana.cookie("viewer-person");
  }

  @AfterAll
  static void stop() throws IOException {
    grafana.close();
    recorder.close();
  }

  @Test
  void aRequest_isPassedOnWithTheseLinesAndNoOthers() throws IOException {
    List<String> passed =
        passed(
            "GET /d/clearspan-service?from=now-15m&var-service=$__all HTTP/1.1",
            "Host: localhost:" + grafana.port(),
            "Accept: text/html",
            "Accept-Language: de",
            "User-Agent: test",
            "X-Grafana-Org-Id: 1",
            "Cookie: a=1; " + cookie + "; grafana_session=stale; b=2");
    String token = passed.stream().filter(it -> it.startsWith("X-JWT")).findFirst().orElse("");
    assertThat(token).matches("X-JWT-Assertion: [\\w-]+\\.[\\w-]+\\.[\\w-]+");
    assertThat(passed)
        .containsExactlyInAnyOrder(
            "GET /d/clearspan-service?from=now-15m&var-service=$__all HTTP/1.1",
            "Host: localhost:" + grafana.port(),
            "Accept: text/html",
            "Accept-Language: de",
            "User-Agent: test",
            "X-Grafana-Org-Id: 1",
            "Cookie: a=1; b=2",
            "X-Forwarded-For: 127.0.0.1",
            "X-Forwarded-Host: localhost:" + grafana.port(),
            "X-Forwarded-Proto: http",
            token);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "X-JWT-Assertion: forged",
        "x-jwt-assertion: forged",
        "X_JWT_Assertion: forged",
        "X-WEBAUTH-USER: admin",
        "x-webauth-role: Admin",
        "X_WEBAUTH_USER: admin",
        "X-Webauth-Groups: all",
        "Authorization: Bearer forged",
        "Authorization: Basic YWRtaW46YWRtaW4=",
        "Proxy-Authorization: Basic YWRtaW46YWRtaW4=",
        "Forwarded: for=10.0.0.1;host=evil.example",
        "X-Forwarded-For: 10.0.0.1",
        "X-Forwarded-Host: evil.example",
        "X-Forwarded-Proto: https",
        "X-Forwarded-Prefix: /evil",
        "X-Forwarded-Port: 1",
        "X-Forwarded-User: admin",
        "X_Forwarded_For: 10.0.0.1",
        "X-Real-IP: 10.0.0.1",
        "X-Client-IP: 10.0.0.1",
        "True-Client-IP: 10.0.0.1",
        "X-Original-URL: /api/admin/settings",
        "X-Rewrite-URL: /api/admin/settings",
        "X-HTTP-Method-Override: DELETE",
        "X-Grafana-Id: forged",
        "X-Access-Token: forged",
        "X-Id-Token: forged",
        "Remote-User: admin",
        "Via: 1.1 evil",
        "Keep-Alive: timeout=1",
        "Proxy-Connection: keep-alive",
        "TE: trailers",
        "Trailer: X-JWT-Assertion",
        "Cookie: grafana_session=stale",
        "Cookie: grafana_session_expiry=1",
        "Cookie: GRAFANA_SESSION=stale",
        "Cookie: clearspan_session=another",
        "Cookie: __Host-clearspan_session=another",
        "Cookie: Clearspan_Session=another",
        "Sec-WebSocket-Key: x",
      })
  void whatClaimsAnIdentityAPlaceOrThisConnection_isNotPassedOn(String header) throws IOException {
    List<String> plain = passed("GET /d/x HTTP/1.1", "Host: h", "Cookie: " + cookie);
    List<String> passed = passed("GET /d/x HTTP/1.1", "Host: h", "Cookie: " + cookie, header);
    assertThat(withoutToken(passed)).isEqualTo(withoutToken(plain));
    assertThat(passed).filteredOn(line -> line.startsWith("X-JWT")).hasSize(1);
    assertThat(String.join("\n", passed)).doesNotContain("forged", "evil");
  }

  @Test
  void whatConnectionNames_isNotPassedOn_butHostIs() throws IOException {
    List<String> passed =
        passed(
            "GET /d/x HTTP/1.1",
            "Host: h",
            "Connection: close, X-Private, host",
            "X-Private: 1",
            "X-Shared: 2",
            "Cookie: " + cookie);
    assertThat(passed).contains("X-Shared: 2").doesNotContain("X-Private: 1");
    assertThat(passed).anyMatch(line -> line.startsWith("Host: "));
  }

  private static List<String> withoutToken(List<String> lines) {
    return lines.stream().filter(line -> !line.startsWith("X-JWT-Assertion: ")).sorted().toList();
  }

  /** What reaches Grafana of these lines. */
  private static List<String> passed(String... lines) throws IOException {
    recorder.heads().clear();
    List<String> all =
        Stream.concat(
                Stream.of(lines)
                    .map(
                        line ->
                            line.equals("Host: h") ? "Host: 127.0.0.1:" + grafana.port() : line),
                Stream.of("Connection: close"))
            .toList();
    String answer = exchange(String.join("\r\n", all) + "\r\n\r\n");
    assertThat(answer).startsWith("HTTP/1.1 200");
    return recorder.heads().stream()
        .filter(head -> !head.contains("/api/health"))
        .findFirst()
        .orElseThrow()
        .lines()
        .filter(line -> !line.isEmpty())
        .toList();
  }

  private static String exchange(String request) throws IOException {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), grafana.port())) {
      socket.setSoTimeout(20_000);
      socket.getOutputStream().write(request.getBytes(ISO_8859_1));
      return new String(socket.getInputStream().readAllBytes(), ISO_8859_1);
    }
  }

  /** A server that keeps the head of each request as it came. */
  private static final class Recorder implements AutoCloseable {
    private static final String ANSWER =
        "HTTP/1.1 200 OK\r\nContent-Length: 2\r\nConnection: close\r\n\r\nok";

    private final ServerSocket server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    private final List<String> heads = new CopyOnWriteArrayList<>();

    Recorder() throws IOException {
      Thread acceptor = new Thread(this::accept, "recorder");
      acceptor.setDaemon(true);
      acceptor.start();
    }

    private void accept() {
      try {
        while (true) {
          Socket socket = server.accept();
          Thread one = new Thread(() -> serve(socket), "recorder-connection");
          one.setDaemon(true);
          one.start();
        }
      } catch (IOException e) {
        // Closed.
      }
    }

    private void serve(Socket socket) {
      try (socket) {
        InputStream in = socket.getInputStream();
        StringBuilder head = new StringBuilder();
        while (head.indexOf("\r\n\r\n") < 0) {
          int c = in.read();
          if (c < 0) {
            return;
          }
          head.append((char) c);
        }
        heads.add(head.toString());
        socket.getOutputStream().write(ANSWER.getBytes(ISO_8859_1));
      } catch (IOException e) {
        // The other side has seen enough.
      }
    }

    List<String> heads() {
      return heads;
    }

    URI url() {
      return URI.create("http://127.0.0.1:" + server.getLocalPort());
    }

    @Override
    public void close() throws IOException {
      server.close();
    }
  }
}
