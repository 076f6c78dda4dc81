package dev.clearspan.rpc.internal.netty;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.google.protobuf.StringValue;
import dev.clearspan.rpc.RpcException;
import dev.clearspan.rpc.RpcServer;
import dev.clearspan.rpc.Status;
import dev.clearspan.rpc.internal.transport.AttemptResult;
import dev.clearspan.rpc.internal.transport.ConnectionState;
import dev.clearspan.rpc.server.EchoService;
import dev.clearspan.rpc.server.TestCaller;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** How a connection notices that its server is gone, and comes back. */
class ClientConnectionTest {
  private static final Duration LONG = Duration.ofSeconds(10);

  @Test
  void silentServerIsNoticedWithinOneAndAHalfSeconds() throws Exception {
    try (SilentServer server = SilentServer.afterHello();
        TestCaller caller = TestCaller.to(server.port())) {
      caller.awaitState(ConnectionState.READY);
      long start = System.nanoTime();

      AttemptResult<StringValue> result = caller.send(EchoService.ECHO, "", LONG).await(LONG);

      assertThat(TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - start)).isBetween(900L, 1500L);
      assertThat(result).isInstanceOf(AttemptResult.Unknown.class);
      assertThat(result.status().message()).contains("silent: 2 pings missed");
      assertThat(caller.states.get(1)).startsWith("UNREACHABLE").contains("2 pings missed");
    }
  }

  @Test
  void anIdleConnectionIsLeftInPeace() throws Exception {
    try (SilentServer server = SilentServer.afterHello();
        TestCaller caller = TestCaller.to(server.port())) {
      caller.awaitState(ConnectionState.READY);
      await()
          .during(Duration.ofMillis(1800))
          .atMost(Duration.ofSeconds(3))
          .until(() -> caller.connection.state() == ConnectionState.READY);
    }
  }

  @Test
  void aSilentSuspectIsNoticedWithoutACall() throws Exception {
    try (SilentServer server = SilentServer.afterHello();
        TestCaller caller = TestCaller.to(server.port())) {
      caller.awaitState(ConnectionState.READY);
      caller.connection.probe(true);
      await()
          .atMost(Duration.ofSeconds(15))
          .untilAsserted(
              () -> assertThat(caller.states).anyMatch(s -> s.contains("2 pings missed")));
    }
  }

  @Test
  void aSuspectThatAnswersStays() throws Exception {
    try (RpcServer server = RpcServer.builder("echo").service(new EchoService()).start();
        TestCaller caller = TestCaller.to(server.port())) {
      caller.awaitState(ConnectionState.READY);
      caller.connection.probe(true);
      await()
          .during(Duration.ofSeconds(5))
          .atMost(Duration.ofSeconds(8))
          .until(() -> caller.connection.state() == ConnectionState.READY);
      assertThat(caller.states).hasSize(1);
    }
  }

  @Test
  void resetEndsCallsAsUnknownAtOnce() throws Exception {
    try (SilentServer server = SilentServer.afterHello();
        TestCaller caller = TestCaller.to(server.port())) {
      caller.awaitState(ConnectionState.READY);
      TestCaller.Sent sent = caller.send(EchoService.ECHO, "", LONG);
      server.reset();

      assertThat(sent.await(Duration.ofMillis(400))).isInstanceOf(AttemptResult.Unknown.class);
      assertThat(caller.states.get(1)).startsWith("UNREACHABLE");
      assertThat(caller.connection.inFlight()).isZero();
    }
  }

  @Test
  void nobodyListeningMakesCallsNotSent() throws Exception {
    int port = freePort();
    try (TestCaller caller = TestCaller.to(port)) {
      caller.awaitState(ConnectionState.UNREACHABLE);

      AttemptResult<StringValue> result = caller.call(EchoService.ECHO, "");

      assertThat(result).isInstanceOf(AttemptResult.NotSent.class);
      assertThat(result.status().code()).isEqualTo(Status.Code.UNAVAILABLE);
      assertThat(result.status().message()).contains("Connection refused");
    }
  }

  @Test
  void callsWaitForTheFirstConnectAndServersThatComeLateAreFound() throws Exception {
    int port = freePort();
    try (TestCaller caller = TestCaller.to(port)) {
      caller.awaitState(ConnectionState.UNREACHABLE);
      RpcServer server = RpcServer.builder("echo").port(port).service(new EchoService()).start();
      caller.awaitState(ConnectionState.READY);
      assertThat(TestCaller.textOf(caller.call(EchoService.ECHO, "hi"))).isEqualTo("hi");
      caller.close();
      server.close();
    }
  }

  @Test
  void anotherProtocolIsNamed() throws Exception {
    byte[] http = "HTTP/1.1 400 Bad Request\r\n\r\n".getBytes();
    try (SilentServer server = SilentServer.saying(http);
        TestCaller caller = TestCaller.to(server.port())) {
      caller.awaitState(ConnectionState.UNREACHABLE);
      assertThat(caller.states.get(0)).contains("preface: 485454502f312e31");
    }
  }

  @Test
  void oversizedRequestsFailWithoutBeingSent() {
    RpcServer server = RpcServer.builder("echo").service(new EchoService()).start();
    try (TestCaller caller = TestCaller.to(server.port())) {
      caller.awaitState(ConnectionState.READY);
      String text = "x".repeat(5 << 20);
      org.assertj.core.api.Assertions.assertThatThrownBy(
              () -> caller.send(EchoService.ECHO, text, LONG))
          .isInstanceOf(RpcException.class)
          .hasMessageContaining("5242885 bytes (expected: <= 4194304)");
      assertThat(caller.connection.inFlight()).isZero();
    }
    server.close();
  }

  @Test
  void closingEndsCallsInFlight() throws Exception {
    try (SilentServer server = SilentServer.afterHello();
        TestCaller caller = TestCaller.to(server.port())) {
      caller.awaitState(ConnectionState.READY);
      TestCaller.Sent sent = caller.send(EchoService.ECHO, "", LONG);
      caller.connection.close();
      assertThat(sent.await(LONG)).isInstanceOf(AttemptResult.Unknown.class);
      assertThat(caller.connection.state()).isEqualTo(ConnectionState.CLOSED);
      assertThat(caller.call(EchoService.ECHO, "")).isInstanceOf(AttemptResult.NotSent.class);
    }
  }

  private static int freePort() throws Exception {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }
}
