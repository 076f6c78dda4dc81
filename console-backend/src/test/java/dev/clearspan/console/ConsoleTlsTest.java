package dev.clearspan.console;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.clearspan.console.intake.IntakeConfig;
import dev.clearspan.rpc.Tls;
import dev.clearspan.rpc.internal.tls.TestAuthority;
import io.netty.pkitesting.X509Bundle;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import javax.net.ssl.SSLSession;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The console's own ports with TLS, over real sockets. */
class ConsoleTlsTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Duration RELOAD = Duration.ofMillis(50);

  @TempDir Path directory;

  private TestAuthority authority;
  private HttpClient http;

  @BeforeEach
  void prepare() throws Exception {
    authority = new TestAuthority(directory.resolve("pki"));
    http = HttpClient.newBuilder().sslContext(authority.forHttpClient()).build();
  }

  private Tls tls(X509Bundle certificate) throws Exception {
    return Tls.DEFAULT.with(authority.write("console", certificate)).reload(RELOAD);
  }

  private Console start(Tls tls) {
    return start(TestConsole.config(directory.resolve("data")), tls);
  }

  private static Console start(ConsoleConfig config, Tls tls) {
    return Console.start(config.withSecurity(config.security().withTls(tls)));
  }

  private HttpResponse<String> get(Console console, String path) throws Exception {
    return http.send(
        HttpRequest.newBuilder(console.url().resolve(path))
            .header("Authorization", "Bearer " + TestConsole.ADMIN_TOKEN)
            .build(),
        HttpResponse.BodyHandlers.ofString());
  }

  private JsonNode certificate(Console console) throws Exception {
    return JSON.readTree(get(console, "/api/v1/system").body()).at("/certificates/0");
  }

  /** The certificate that a new connection is shown. */
  private String shown(Console console) throws Exception {
    try (SSLSocket socket = socket(console)) {
      return ((X509Certificate) socket.getSession().getPeerCertificates()[0])
          .getSubjectX500Principal()
          .getName();
    }
  }

  private SSLSocket socket(Console console) throws Exception {
    SSLSocket socket =
        (SSLSocket)
            authority
                .forHttpClient()
                .getSocketFactory()
                .createSocket(InetAddress.getLoopbackAddress(), console.port());
    socket.startHandshake();
    return socket;
  }

  @Test
  void apiAndPagesAreEncrypted_andTheCookieIsSecure() throws Exception {
    try (Console console = start(tls(authority.server()))) {
      assertThat(console.url().getScheme()).isEqualTo("https");
      assertThat(get(console, "/healthz").statusCode()).isEqualTo(200);
      assertThat(get(console, "/").headers().firstValue("Strict-Transport-Security"))
          .as("localhost is also the name of other programs")
          .isEmpty();
      String token = console.setupLink().orElseThrow().toString().replaceFirst(".*=", "");
      HttpResponse<String> session =
          http.send(
              HttpRequest.newBuilder(console.url().resolve("/api/v1/setup"))
                  .header("Content-Type", "application/json")
                  .header("Origin", console.url().toString())
                  .POST(
                      HttpRequest.BodyPublishers.ofString(
                          "{\"token\":\""
                              + token
                              + "\",\"username\":\"ada\",\"password\":\"long enough pass\"}"))
                  .build(),
              HttpResponse.BodyHandlers.ofString());
      assertThat(session.statusCode()).as(session.body()).isEqualTo(200);
      assertThat(session.headers().firstValue("Set-Cookie").orElseThrow())
          .startsWith("__Host-clearspan_session=")
          .contains("Secure");
      try (SSLSocket socket = socket(console)) {
        SSLSession encryption = socket.getSession();
        assertThat(encryption.getProtocol()).isEqualTo("TLSv1.3");
      }
    }
  }

  @Test
  void offThisMachine_browsersAreToldToStayWithHttps() throws Exception {
    ConsoleConfig config =
        TestConsole.config(directory.resolve("data"))
            .withPublicUrl(URI.create("https://c.example"));
    try (Console console = start(config, tls(authority.server()))) {
      assertThat(get(console, "/").headers().firstValue("Strict-Transport-Security")).isPresent();
    }
  }

  @Test
  void plainHttpIsToldSo_andReachesNothing() throws Exception {
    try (Console console = start(tls(authority.server()))) {
      for (String request :
          new String[] {
            "GET /healthz HTTP/1.1\r\nHost: localhost\r\n\r\n",
            "GET https://localhost/healthz HTTP/1.1\r\nHost: localhost\r\n\r\n",
            "POST /api/v1/session HTTP/1.1\r\nHost: localhost\r\nContent-Length: 2\r\n\r\n{}"
          }) {
        assertThat(raw(console.port(), request))
            .startsWith("HTTP/1.1 400 ")
            .contains("expected: https://")
            .doesNotContain("\"status\"");
      }
      assertThat(raw(console.port(), "\u0000\u0001\u0002nonsense of no protocol")).isEmpty();
      assertThat(get(console, "/healthz").statusCode()).isEqualTo(200);
    }
  }

  private static String raw(int port, String request) throws IOException {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      socket.setSoTimeout(10_000);
      socket.getOutputStream().write(request.getBytes(US_ASCII));
      socket.shutdownOutput();
      return new String(socket.getInputStream().readAllBytes(), US_ASCII);
    }
  }

  @Test
  void aNewCertificateIsShown_whileOpenConnectionsGoOn_andABadOneIsNot() throws Exception {
    try (Console console = start(tls(authority.server()));
        SSLSocket open = socket(console)) {
      assertThat(shown(console)).isEqualTo("CN=server");
      authority.write(
          "console", authority.issue(to -> to.subject("CN=renewed").addSanIpAddress("127.0.0.1")));
      await().until(() -> shown(console).equals("CN=renewed"));
      open.getOutputStream()
          .write(
              "GET /healthz HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"
                  .getBytes(US_ASCII));
      assertThat(new String(open.getInputStream().readAllBytes(), US_ASCII))
          .startsWith("HTTP/1.1 200");

      Files.writeString(directory.resolve("pki/console.crt"), "not a certificate");
      await().until(() -> !certificate(console).path("fault").asText().isEmpty());
      assertThat(certificate(console).path("fault").asText()).contains("console.crt");
      assertThat(shown(console)).isEqualTo("CN=renewed");
      authority.write("console", authority.server());
      await().until(() -> certificate(console).path("fault").asText().isEmpty());
      assertThat(shown(console)).isEqualTo("CN=server");
    }
  }

  @Test
  void aCertificateThatEndsSoon_isSaid() throws Exception {
    X509Bundle soon =
        authority.issue(
            to ->
                to.subject("CN=soon")
                    .addSanIpAddress("127.0.0.1")
                    .notAfter(Instant.now().plus(Duration.ofDays(13))));
    try (Console console = start(tls(soon))) {
      assertThat(certificate(console).path("endsSoon").asBoolean()).isTrue();
      authority.write("console", authority.server());
      await().until(() -> !certificate(console).path("endsSoon").asBoolean());
      assertThat(certificate(console).path("port").asText()).isEqualTo("console");
    }
  }

  @Test
  void exportersShowACertificate_ifThePortAsksForOne() throws Exception {
    Tls wanted =
        tls(authority.server()).trusting(authority.authorities()).clients(Tls.Clients.REQUIRED);
    ConsoleConfig config =
        TestConsole.config(directory.resolve("data"))
            .withIntake(IntakeConfig.DEFAULT.withPort(0).withTls(wanted));
    try (Console console = Console.start(config)) {
      HttpRequest export =
          HttpRequest.newBuilder(
                  URI.create("https://127.0.0.1:" + console.otlpPort() + "/v1/traces"))
              .header("Content-Type", "application/json")
              .POST(HttpRequest.BodyPublishers.ofString("{\"resourceSpans\":[]}"))
              .build();
      assertThatThrownBy(() -> http.send(export, HttpResponse.BodyHandlers.ofString()))
          .isInstanceOf(IOException.class);
      HttpClient known =
          HttpClient.newBuilder()
              .sslContext(authority.forHttpClient(authority.caller("spiffe://shop/orders")))
              .build();
      assertThat(known.send(export, HttpResponse.BodyHandlers.ofString()).statusCode())
          .isEqualTo(200);
    }
  }

  @Test
  void filesThatCannotBeUsed_endTheStart_andHalfASettingIsNamed() {
    Tls missing = Tls.of(directory.resolve("none.crt"), directory.resolve("none.key"));
    assertThatThrownBy(() -> start(missing))
        .isInstanceOf(ConsoleStartException.class)
        .hasMessageContaining("none.crt");
    assertThatThrownBy(() -> ConsoleConfig.from(Map.of("CLEARSPAN_TLS_CERT", "a.crt")))
        .hasMessageContaining("CLEARSPAN_TLS_KEY is not set");
    assertThatThrownBy(() -> ConsoleConfig.from(Map.of("CLEARSPAN_OTLP_TLS_CLIENT_CA", "ca.crt")))
        .hasMessageContaining("CLEARSPAN_OTLP_TLS_CERT is not set");
  }

  @Test
  void aPublicAddressByHttp_contradictsTls() {
    Tls tls = Tls.of(Path.of("a.crt"), Path.of("a.key"));
    ConsoleConfig config = ConsoleConfig.DEFAULT.withSecurity(SecurityConfig.DEFAULT.withTls(tls));
    assertThatThrownBy(() -> config.withPublicUrl(URI.create("http://c.example")))
        .hasMessageContaining("expected: https");
  }
}
