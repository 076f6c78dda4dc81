package dev.clearspan.rpc.internal.tls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.google.protobuf.StringValue;
import dev.clearspan.rpc.CallOptions;
import dev.clearspan.rpc.Limit;
import dev.clearspan.rpc.RpcChannel;
import dev.clearspan.rpc.RpcException;
import dev.clearspan.rpc.RpcServer;
import dev.clearspan.rpc.RpcServerBuilder;
import dev.clearspan.rpc.Tls;
import dev.clearspan.rpc.server.EchoService;
import dev.clearspan.rpc.server.RawPeer;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Encrypted connections of both ends, and what is said when they do not come about. */
class TlsTest {
  private static final CallOptions PATIENT =
      CallOptions.DEFAULT.withDeadline(Duration.ofSeconds(1));
  private static final String ORDERS = "spiffe://shop/orders";

  @TempDir Path folder;

  private final List<AutoCloseable> open = new ArrayList<>();
  private final LogLines log = new LogLines("dev.clearspan.rpc.internal");
  private final EchoService service = new EchoService();
  private TestAuthority authority;

  @BeforeEach
  void foundAuthority() throws Exception {
    authority = new TestAuthority(folder.resolve("shop"));
  }

  @AfterEach
  void closeAll() throws Exception {
    for (AutoCloseable each : open) {
      each.close();
    }
    log.close();
  }

  @Test
  void framesAndHttpAreEncryptedOnOnePort() throws Exception {
    RpcServer server = serve(server());

    assertThat(call(server, client())).isEqualTo("hello");
    assertThat(post(server).body()).isEqualTo("\"hello\"");
  }

  @Test
  void bothSidesShowCertificatesWithMtls() throws Exception {
    RpcServer server = serve(server().clients(Tls.Clients.REQUIRED));
    Tls orders = authority.settings("orders", authority.caller(ORDERS));

    assertThat(call(server, orders)).isEqualTo("hello");
  }

  @Test
  void aClientWithoutCertificateIsRefusedWhereOneIsRequired() throws Exception {
    RpcServer server = serve(server().clients(Tls.Clients.REQUIRED));

    refused(server, client(), "TLS with 127.0.0.1 failed");
    log.await("TLS handshake with client 127.0.0.1", "failed");
  }

  @Test
  void aClientCertificateOfAnotherAuthorityIsRefused() throws Exception {
    RpcServer server = serve(server().clients(Tls.Clients.OPTIONAL));
    // Of the same name, or the client would not even show its certificate.
    TestAuthority strangers = new TestAuthority(folder.resolve("strangers/shop"));
    Tls stranger =
        strangers.settings("orders", strangers.caller(ORDERS)).trusting(authority.authorities());

    refused(server, stranger, "TLS with 127.0.0.1 failed");
    log.await("TLS handshake with client 127.0.0.1", "failed: ");
  }

  @Test
  void aServerOfAnotherAuthorityIsNotBelieved() throws Exception {
    RpcServer server = serve(server());
    TestAuthority strangers = new TestAuthority(folder.resolve("strangers"));

    refused(
        server,
        Tls.DEFAULT.trusting(strangers.authorities()),
        "TLS with 127.0.0.1 failed",
        "unable to find valid certification path");
    log.await("TLS handshake with client 127.0.0.1", "certificate_unknown");
  }

  @Test
  void anExpiredServerIsNotBelieved() throws Exception {
    Instant end = Instant.now().minus(Duration.ofDays(1));
    RpcServer server =
        serve(
            authority.settings(
                "expired",
                authority.issue(
                    to ->
                        to.subject("CN=late")
                            .addSanIpAddress("127.0.0.1")
                            .notBefore(end.minus(Duration.ofDays(9)))
                            .notAfter(end))));

    log.await("TLS certificate CN=late ended");
    refused(server, client(), "TLS with 127.0.0.1 failed", "NotAfter");
  }

  @Test
  void aServerOfAnotherNameIsNotBelieved() throws Exception {
    Tls elsewhere =
        authority.settings(
            "elsewhere", authority.issue(to -> to.subject("CN=x").addSanDnsName("orders.example")));
    RpcServer server = serve(elsewhere);

    refused(server, client(), "TLS with 127.0.0.1 failed", "127.0.0.1");
    assertThat(call(server, client().expecting("orders.example"))).isEqualTo("hello");
  }

  @Test
  void plaintextIsTurnedAwayWithTheReason() throws Exception {
    RpcServer server = serve(server());
    try (RawPeer http = new RawPeer(server.port());
        RawPeer frames = new RawPeer(server.port())) {
      assertThat(http.sendText("GET /healthz HTTP/1.1\r\n\r\n").readToEnd())
          .contains("400 Bad Request", "plaintext (expected: https on this port)");
      assertThat(frames.sendHex(RawPeer.PREFACE, RawPeer.EMPTY_HELLO).readToEnd())
          .contains("plaintext (expected: TLS on this port)");
    }
    log.await("connection of 127.0.0.1", "plaintext (expected: TLS on this port)");
    refused(server, null, "plaintext (expected: TLS on this port)");
  }

  @Test
  void plaintextIsServedWhereItIsAllowed() throws Exception {
    RpcServer server = serve(server().allowingPlaintext());

    assertThat(call(server, null)).isEqualTo("hello");
    assertThat(call(server, client())).isEqualTo("hello");
  }

  @Test
  void tlsOnAPlaintextPortSaysSo() throws Exception {
    RpcServer server = serve(null);

    refused(server, client(), "TLS with 127.0.0.1 failed");
    log.await("a TLS handshake (expected: plaintext");
  }

  @Test
  void anUnfinishedHandshakeIsCutOff() throws Exception {
    RpcServer server =
        start(builder().tls(server()).limit(Limit.HANDSHAKE, Duration.ofMillis(300)));
    try (RawPeer peer = new RawPeer(server.port())) {
      assertThat(peer.sendHex("160301").readToEnd()).isEmpty();
    }
    log.await("no complete frame or request within PT0.3S");
  }

  @Test
  void onlyTheNewestVersionIsSpokenIfSoWanted() throws Exception {
    RpcServer server = serve(server().oldest(Tls.Version.TLS_1_3));

    assertThat(call(server, client())).isEqualTo("hello");
  }

  @Test
  void settingsThatCannotWorkAreRefusedAtTheStart() throws Exception {
    assertThatThrownBy(() -> builder().tls(client()).start())
        .hasMessageContaining("no certificate (expected: Tls.of(certificates, key))");
    Tls blind = Tls.DEFAULT.with(authority.write("a", authority.server()));
    assertThatThrownBy(() -> builder().tls(blind.clients(Tls.Clients.REQUIRED)).start())
        .hasMessageContaining("no authorities (expected: trusting(file))");
    Tls missing = Tls.of(folder.resolve("none.crt"), folder.resolve("none.key"));
    assertThatThrownBy(() -> builder().tls(missing).start()).hasMessageContaining("none.crt");
  }

  private Tls server() throws Exception {
    return authority.settings("server", authority.server());
  }

  private Tls client() {
    return Tls.DEFAULT.trusting(authority.authorities());
  }

  private RpcServerBuilder builder() {
    return RpcServer.builder("echo").service(service);
  }

  private RpcServer serve(@Nullable Tls tls) {
    return start(tls == null ? builder() : builder().tls(tls));
  }

  private RpcServer start(RpcServerBuilder builder) {
    RpcServer server = builder.start();
    open.add(0, server);
    return server;
  }

  private String call(RpcServer server, @Nullable Tls tls) {
    var builder = RpcChannel.builder("echo").target("127.0.0.1", server.port());
    try (RpcChannel channel = (tls == null ? builder : builder.tls(tls)).build()) {
      CallOptions options = CallOptions.DEFAULT.withDeadline(Duration.ofSeconds(10));
      return channel.call(EchoService.ECHO, StringValue.of("hello"), options).getValue();
    }
  }

  /** Calls until the connection's fate is known, and expects these words in the error. */
  private void refused(RpcServer server, @Nullable Tls tls, String... words) {
    var builder = RpcChannel.builder("echo").target("127.0.0.1", server.port());
    try (RpcChannel channel = (tls == null ? builder : builder.tls(tls)).build()) {
      await()
          .atMost(Duration.ofSeconds(20))
          .untilAsserted(
              () ->
                  assertThatThrownBy(
                          () -> channel.call(EchoService.ECHO, StringValue.of("hello"), PATIENT))
                      .isInstanceOf(RpcException.class)
                      .message()
                      .contains(words));
    }
  }

  private HttpResponse<String> post(RpcServer server) throws Exception {
    HttpClient client = HttpClient.newBuilder().sslContext(authority.forHttpClient()).build();
    HttpRequest request =
        HttpRequest.newBuilder(URI.create("https://127.0.0.1:" + server.port() + "/test.Echo/Echo"))
            .header("content-type", "application/json")
            .POST(BodyPublishers.ofString("\"hello\""))
            .build();
    return client.send(request, BodyHandlers.ofString());
  }
}
