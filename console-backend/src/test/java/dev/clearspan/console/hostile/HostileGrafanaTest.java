package dev.clearspan.console.hostile;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import dev.clearspan.console.grafana.ProxiedGrafana;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Hostile requests to the port that offers Grafana ({@code grafana.http} beside this class): each
 * is refused, and nothing of it reaches Grafana.
 */
class HostileGrafanaTest {
  private static Witness witness;
  private static ProxiedGrafana grafana;
  private static Placeholders placeholders;

  @BeforeAll
  static void start() throws IOException {
    witness = new Witness();
    grafana = ProxiedGrafana.before(witness.url());
    placeholders =
        new Placeholders(
            Map.of(
                "host", "127.0.0.1:" + grafana.port(),
                "console", grafana.console().console().url().toString(),
                "cookie", grafana.cookie("admin-person")));
  }

  @AfterAll
  static void stop() throws IOException {
    grafana.close();
    witness.close();
  }

  static Stream<HostileRequest> requests() throws IOException {
    try (InputStream in =
        Objects.requireNonNull(HostileGrafanaTest.class.getResourceAsStream("grafana.http"))) {
      return Pattern.compile("^### ", Pattern.MULTILINE)
          .splitAsStream(new String(in.readAllBytes(), ISO_8859_1))
          .filter(text -> !text.isBlank())
          .map(text -> HostileRequest.parse("grafana", text));
    }
  }

  @Test
  void corpusIsLarge() throws IOException {
    assertThat(requests()).hasSizeGreaterThanOrEqualTo(60).doesNotHaveDuplicates();
  }

  @ParameterizedTest
  @MethodSource("requests")
  void isRefused_andNothingReachesGrafana(HostileRequest request) throws IOException {
    RawHttp.Answer answer = RawHttp.exchange(grafana.port(), request.bytes(placeholders));
    assertThat(request.answers()).as(answer.text()).contains(answer.kind());
    assertThat(answer.count()).as(answer.text()).isLessThanOrEqualTo(1);
    assertThat(answer.text()).doesNotContain("Exception", "\tat ", "Jetty");
    assertThat(witness.asked()).isEmpty();
  }

  @Test
  void whatIsWellMeant_reachesIt() throws IOException {
    String request =
        placeholders.fill(
            "GET /d/x HTTP/1.1\r\nHost: {{host}}\r\nCookie: {{cookie}}\r\nConnection: close\r\n\r\n");
    RawHttp.Answer answer = RawHttp.exchange(grafana.port(), request.getBytes(ISO_8859_1));
    assertThat(answer.kind()).as(answer.text()).isEqualTo("200");
    assertThat(witness.asked()).containsExactly("GET /d/x HTTP/1.1");
    witness.asked().clear();
  }

  /** A server in Grafana's place that keeps each request line, those after its health aside. */
  private static final class Witness implements AutoCloseable {
    private final ServerSocket server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    private final List<String> asked = new CopyOnWriteArrayList<>();

    Witness() throws IOException {
      Thread acceptor = new Thread(this::accept, "witness");
      acceptor.setDaemon(true);
      acceptor.start();
    }

    private void accept() {
      try {
        while (true) {
          serve(server.accept());
        }
      } catch (IOException e) {
        // Closed.
      }
    }

    private void serve(Socket socket) {
      try (socket) {
        socket.setSoTimeout(2_000);
        InputStream in = socket.getInputStream();
        StringBuilder head = new StringBuilder();
        for (int c = in.read(); c >= 0 && head.indexOf("\r\n\r\n") < 0; c = in.read()) {
          head.append((char) c);
          if (head.indexOf("\r\n\r\n") >= 0) {
            break;
          }
        }
        String line = head.toString().split("\r\n", 2)[0];
        if (!line.contains("/api/health")) {
          asked.add(line);
        }
        OutputStream out = socket.getOutputStream();
        out.write(
            "HTTP/1.1 200 OK\r\nContent-Length: 2\r\nConnection: close\r\n\r\n{}"
                .getBytes(ISO_8859_1));
      } catch (IOException e) {
        // The other side has seen enough.
      }
    }

    List<String> asked() {
      return asked;
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
