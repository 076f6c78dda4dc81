package dev.clearspan.rpc.internal.netty;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.clearspan.rpc.Limit;
import dev.clearspan.rpc.RpcServer;
import dev.clearspan.rpc.RpcServerBuilder;
import dev.clearspan.rpc.internal.transport.ConnectionState;
import dev.clearspan.rpc.server.EchoService;
import dev.clearspan.rpc.server.RawPeer;
import dev.clearspan.rpc.server.TestCaller;
import java.io.IOException;
import java.time.Duration;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Connections that are too many, silent, or not read from are ended, counted and named. */
class ConnectionLimitsTest {
  private static final String GET_HEALTH = "GET /healthz HTTP/1.1\r\nhost: a\r\n\r\n";
  private static final Duration PATIENCE = Duration.ofSeconds(20);

  private final EchoService service = new EchoService();
  private @Nullable RpcServer server;

  @AfterEach
  void stop() {
    service.release.countDown();
    server().close();
  }

  @Test
  void moreThanAllowedFromOneAddressAreClosedAtOnce() throws Exception {
    start(builder -> builder.limit(Limit.CONNECTIONS_PER_ADDRESS, 2));
    try (RawPeer first = used();
        RawPeer second = used();
        RawPeer third = new RawPeer(server().port())) {
      assertThat(third.readToEnd()).isEmpty();
      second.close();
      await()
          .ignoreExceptions()
          .atMost(PATIENCE)
          .until(() -> metrics().contains(closed("too_many_from_address")));
      assertThat(first.sendText(GET_HEALTH).readUntil("ok\n")).contains("200 OK");
    }
  }

  @Test
  void moreThanAllowedInASecondFromOneAddressAreClosedAtOnce() throws Exception {
    start(builder -> builder.limit(Limit.NEW_CONNECTIONS_PER_ADDRESS, 1));
    await()
        .atMost(PATIENCE)
        .until(
            () -> {
              try (RawPeer first = new RawPeer(server().port());
                  RawPeer second = new RawPeer(server().port())) {
                return second.readToEnd().isEmpty();
              }
            });
    await()
        .ignoreExceptions()
        .pollInterval(Duration.ofMillis(1100))
        .atMost(PATIENCE)
        .until(() -> metrics().contains(closed("too_fast_from_address").replace("} 1", "} ")));
  }

  @Test
  void anIdleHttpConnectionIsClosed() throws Exception {
    start(builder -> builder.limit(Limit.IDLE, Duration.ofMillis(200)));
    try (RawPeer peer = used()) {
      assertThat(peer.readToEnd()).isEmpty();
    }
    assertThat(metrics()).contains(closed("idle"));
  }

  @Test
  void aConnectionWithACallUnderWayIsNotIdle() throws Exception {
    start(builder -> builder.limit(Limit.IDLE, Duration.ofMillis(100)));
    try (RawPeer peer = new RawPeer(server().port())) {
      peer.sendText(
          "POST /test.Echo/Block HTTP/1.1\r\nhost: a\r\ncontent-type: application/json\r\n"
              + "connect-timeout-ms: 60000\r\ncontent-length: 3\r\n\r\n\"x\"");
      await().until(() -> service.handled.get() == 1);
      await().during(Duration.ofMillis(500)).until(() -> service.interrupted.get() == 0);
      service.release.countDown();
      assertThat(peer.readUntil("\"x\"")).contains("200 OK");
    }
  }

  @Test
  void anIdleClientThatAnswersKeepsItsConnection() throws Exception {
    start(builder -> builder.limit(Limit.IDLE, Duration.ofMillis(100)));
    try (TestCaller caller = TestCaller.to(server().port()).awaitState(ConnectionState.READY)) {
      await()
          .during(Duration.ofMillis(500))
          .until(() -> caller.connection.state() == ConnectionState.READY);
      assertThat(TestCaller.textOf(caller.call(EchoService.ECHO, "still"))).isEqualTo("still");
    }
  }

  @Test
  void anIdleClientThatDoesNotAnswerIsClosed() throws Exception {
    start(
        builder ->
            builder
                .limit(Limit.IDLE, Duration.ofMillis(100))
                .limit(Limit.HANDSHAKE, Duration.ofMillis(300)));
    try (RawPeer peer = new RawPeer(server().port())) {
      peer.sendHex(RawPeer.PREFACE, RawPeer.EMPTY_HELLO);
      assertThat(peer.readToEnd()).contains("idle");
    }
    assertThat(metrics()).contains(closed("idle"));
  }

  @Test
  void aPeerThatDoesNotReadItsReplyIsClosed() throws Exception {
    start(builder -> builder.limit(Limit.WRITE_STALL, Duration.ofMillis(300)));
    String body = "\"" + "x".repeat(4_000_000) + "\"";
    String call =
        "POST /test.Echo/Echo HTTP/1.1\r\nhost: a\r\ncontent-type: application/json\r\n"
            + "content-length: "
            + body.length()
            + "\r\n\r\n"
            + body;
    try (RawPeer peer = RawPeer.slow(server().port())) {
      peer.sendText(call.repeat(4));
      await().atMost(PATIENCE).until(() -> metrics().contains(closed("write_stall")));
    }
    await().atMost(PATIENCE).until(() -> metrics().contains("connection_open{} 1"));
  }

  @Test
  void aSilentConnectionIsCounted() throws Exception {
    start(builder -> builder.limit(Limit.HANDSHAKE, Duration.ofMillis(200)));
    try (RawPeer peer = new RawPeer(server().port())) {
      assertThat(peer.readToEnd()).isEmpty();
    }
    assertThat(metrics()).contains(closed("handshake"));
  }

  @Test
  void limitsAreMetrics() throws Exception {
    start(builder -> builder.limit(Limit.MESSAGE_BYTES, 12_345));
    assertThat(metrics())
        .contains("clearspan_server_limit{limit=\"message-bytes\",} 12345")
        .contains("clearspan_server_limit{limit=\"handshake\",} 5");
  }

  private void start(UnaryOperator<RpcServerBuilder> settings) {
    server = settings.apply(RpcServer.builder("echo").service(service)).start();
  }

  private RpcServer server() {
    if (server == null) {
      throw new IllegalStateException("not started");
    }
    return server;
  }

  private RawPeer used() throws IOException {
    RawPeer peer = new RawPeer(server().port());
    peer.sendText(GET_HEALTH).readUntil("ok\n");
    return peer;
  }

  private String metrics() throws IOException {
    try (RawPeer peer = new RawPeer(server().port())) {
      return peer.sendText("GET /metrics HTTP/1.1\r\nhost: a\r\nconnection: close\r\n\r\n")
          .readToEnd();
    }
  }

  private static String closed(String reason) {
    return "clearspan_server_connection_closed_total{reason=\"" + reason + "\",} 1";
  }
}
