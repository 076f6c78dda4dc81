package dev.clearspan.rpc.internal.http2;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.google.protobuf.StringValue;
import dev.clearspan.rpc.CallOptions;
import dev.clearspan.rpc.Compression;
import dev.clearspan.rpc.Limit;
import dev.clearspan.rpc.Limits;
import dev.clearspan.rpc.Metadata;
import dev.clearspan.rpc.Protocol;
import dev.clearspan.rpc.RpcChannel;
import dev.clearspan.rpc.Status.Code;
import dev.clearspan.rpc.internal.transport.AttemptResult;
import dev.clearspan.rpc.internal.transport.ConnectionState;
import dev.clearspan.rpc.server.EchoService;
import dev.clearspan.rpc.server.TestCaller;
import io.netty.handler.codec.http2.Http2Error;
import io.netty.handler.codec.http2.Http2Headers;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** A connection to a gRPC server over its life: limits, GOAWAY, cancelling, what is sent. */
class GrpcConnectionTest {
  private static final Limits ONE_CONNECTION =
      Limits.DEFAULT.with(Limit.CONNECTIONS_PER_ENDPOINT, 1);
  private static final Duration LONG = Duration.ofSeconds(20);
  private static final byte[] HI = StringValue.of("hi").toByteArray();

  @Test
  void requestsCarryWhatGrpcAsksFor() throws Exception {
    try (ScriptedServer server = ScriptedServer.answering(GrpcConnectionTest::sayHi);
        TestCaller caller = TestCaller.overGrpc(server.port())) {
      Metadata metadata =
          Metadata.EMPTY.with("tenant", "acme").withBinary("key-bin", new byte[] {1, 2, 3});
      caller.send(EchoService.ECHO, "x", Duration.ofSeconds(3), metadata).await(LONG);

      Http2Headers headers = server.requests.get(0);
      assertThat(headers.method()).hasToString("POST");
      assertThat(headers.scheme()).hasToString("http");
      assertThat(headers.path()).hasToString("/test.Echo/Echo");
      assertThat(headers.authority()).hasToString("127.0.0.1:" + server.port());
      assertThat(headers.get("te")).hasToString("trailers");
      assertThat(headers.get("content-type")).hasToString("application/grpc");
      assertThat(headers.get("user-agent")).asString().startsWith("clearspan-java");
      assertThat(headers.get("grpc-accept-encoding")).hasToString("identity,gzip");
      assertThat(headers.get("grpc-timeout")).asString().matches("2[0-9]{6}u|29[0-9]{5}u");
      assertThat(headers.get("traceparent"))
          .hasToString("00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01");
      assertThat(headers.get("tenant")).hasToString("acme");
      assertThat(headers.get("key-bin")).hasToString("AQID");
      assertThat(headers.contains("grpc-previous-rpc-attempts")).isFalse();
    }
  }

  private static GrpcTransport withoutHealthChecks() {
    return new GrpcTransport(Limits.DEFAULT, null, false);
  }

  @Test
  void aChannelThatPacksSaysSoAndDoes() throws Exception {
    try (ScriptedServer server = ScriptedServer.answering(GrpcConnectionTest::sayHi);
        GrpcTransport transport = withoutHealthChecks();
        RpcChannel channel =
            RpcChannel.builder("echo")
                .transport(transport)
                .target("127.0.0.1", server.port())
                .protocol(Protocol.GRPC)
                .compression(Compression.GZIP)
                .build()) {
      StringValue text = StringValue.of("x".repeat(20_000));
      channel.call(EchoService.ECHO, text, CallOptions.DEFAULT.withDeadline(LONG));
      assertThat(server.requests.get(0).get("grpc-encoding")).hasToString("gzip");
      assertThat(server.bytesRead()).isBetween(20L, 2_000L);
    }
  }

  @Test
  void aRetryComesWhenTheServerSaysAndTellsItsNumber() throws Exception {
    try (ScriptedServer server =
            ScriptedServer.answering(
                request -> {
                  if (request.streamId() == 3) {
                    request.headers(
                        true,
                        "200",
                        "content-type",
                        "application/grpc",
                        "grpc-status",
                        "14",
                        "grpc-retry-pushback-ms",
                        "1");
                  } else {
                    sayHi(request);
                  }
                });
        GrpcTransport transport = withoutHealthChecks();
        RpcChannel channel =
            RpcChannel.builder("echo")
                .transport(transport)
                .target("127.0.0.1", server.port())
                .protocol(Protocol.GRPC)
                .build()) {
      CallOptions patient = CallOptions.DEFAULT.withDeadline(LONG);
      assertThat(channel.call(EchoService.ECHO, StringValue.of("x"), patient).getValue())
          .isEqualTo("hi");
      assertThat(server.requests.get(1).get("grpc-previous-rpc-attempts")).hasToString("1");
    }
  }

  @Test
  void callsOverTheServersStreamLimitWaitForAFreeOne() throws Exception {
    List<ScriptedServer.Request> held = new CopyOnWriteArrayList<>();
    try (ScriptedServer server =
            ScriptedServer.with(settings -> settings.maxConcurrentStreams(2), held::add);
        TestCaller caller = TestCaller.overGrpc(server.port(), ONE_CONNECTION)) {
      caller.awaitState(ConnectionState.READY);
      List<TestCaller.Sent> sent =
          IntStream.range(0, 5).mapToObj(i -> caller.send(EchoService.ECHO, "x", LONG)).toList();
      await().until(() -> held.size() == 2);
      assertThat(caller.connection.inFlight()).isEqualTo(5);

      sent.get(4).attempt().cancel();
      assertThat(sent.get(4).await(LONG)).isInstanceOf(AttemptResult.Cancelled.class);
      for (int i = 0; i < 4; i++) {
        int number = i;
        await().until(() -> held.size() > number);
        sayHi(held.get(i));
      }
      for (int i = 0; i < 4; i++) {
        assertThat(TestCaller.textOf(sent.get(i).await(LONG))).isEqualTo("hi");
      }
      assertThat(held).hasSize(4);
      assertThat(caller.connection.inFlight()).isZero();
    }
  }

  @Test
  void cancellingResetsTheStream() throws Exception {
    try (ScriptedServer server = ScriptedServer.answering(request -> {});
        TestCaller caller = TestCaller.overGrpc(server.port())) {
      TestCaller.Sent sent = caller.send(EchoService.ECHO, "x", LONG);
      await().until(() -> server.requests.size() == 1);
      sent.attempt().cancel();
      assertThat(sent.await(LONG)).isInstanceOf(AttemptResult.Cancelled.class);
      await().untilAsserted(() -> assertThat(server.resets).containsExactly(8L));
    }
  }

  @Test
  void goAwayRefusesLaterCallsKeepsEarlierOnesAndDialsAnew() throws Exception {
    List<ScriptedServer.Request> held = new CopyOnWriteArrayList<>();
    try (ScriptedServer server =
            ScriptedServer.answering(
                request -> {
                  held.add(request);
                  if (held.size() > 1) {
                    sayHi(request);
                  }
                });
        TestCaller caller = TestCaller.overGrpc(server.port()).awaitState(ConnectionState.READY)) {
      TestCaller.Sent first = caller.send(EchoService.ECHO, "x", LONG);
      await().until(() -> held.size() == 1);
      held.get(0).goAway(Http2Error.NO_ERROR, "max_age");
      TestCaller.Sent late = caller.send(EchoService.ECHO, "x", LONG);

      await().until(() -> server.connections() == 2);
      sayHi(held.get(0));
      assertThat(TestCaller.textOf(first.await(LONG))).isEqualTo("hi");
      AttemptResult<StringValue> lateResult = late.await(LONG);
      assertThat(lateResult instanceof AttemptResult.Refused || isHi(lateResult)).isTrue();
      caller.awaitState(ConnectionState.READY);
      assertThat(caller.states).noneMatch(state -> state.startsWith("UNREACHABLE"));
    }
  }

  @Test
  void streamsThatGoAwayDoesNotCoverAreRefused() throws Exception {
    List<ScriptedServer.Request> held = new CopyOnWriteArrayList<>();
    try (ScriptedServer server = ScriptedServer.answering(held::add);
        TestCaller caller = TestCaller.overGrpc(server.port()).awaitState(ConnectionState.READY)) {
      TestCaller.Sent first = caller.send(EchoService.ECHO, "x", LONG);
      TestCaller.Sent second = caller.send(EchoService.ECHO, "x", LONG);
      await().until(() -> held.size() == 2);
      held.get(0).goAway(Http2Error.NO_ERROR, "");
      assertThat(second.await(LONG)).isInstanceOf(AttemptResult.Refused.class);
      sayHi(held.get(0));
      assertThat(isHi(first.await(LONG))).isTrue();
    }
  }

  @Test
  void aSettingsFrameIsWaitedForAndItsAbsenceNamed() throws Exception {
    Limits hasty = Limits.DEFAULT.with(Limit.HANDSHAKE, Duration.ofMillis(200));
    try (ServerSocket silent = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
        TestCaller caller = TestCaller.overGrpc(silent.getLocalPort(), hasty);
        Socket accepted = silent.accept()) {
      assertThat(accepted.isConnected()).isTrue();
      await()
          .atMost(LONG)
          .untilAsserted(
              () ->
                  assertThat(caller.states)
                      .anyMatch(state -> state.contains("no HTTP/2 SETTINGS from 127.0.0.1")));
    }
  }

  @Test
  void anotherProtocolIsNamed() throws Exception {
    try (ServerSocket web = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
        TestCaller caller = TestCaller.overGrpc(web.getLocalPort());
        Socket accepted = web.accept()) {
      accepted.getOutputStream().write("HTTP/1.1 400 Bad Request\r\n\r\n".getBytes("US-ASCII"));
      await()
          .atMost(LONG)
          .untilAsserted(
              () ->
                  assertThat(caller.states)
                      .anyMatch(state -> state.contains("First received frame was not SETTINGS")));
    }
  }

  @Test
  void nobodyListeningMakesCallsNotSent() throws Exception {
    int port;
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = socket.getLocalPort();
    }
    try (TestCaller caller = TestCaller.overGrpc(port)) {
      caller.awaitState(ConnectionState.UNREACHABLE);
      AttemptResult<StringValue> result = caller.call(EchoService.ECHO, "");
      assertThat(result).isInstanceOf(AttemptResult.NotSent.class);
      assertThat(result.status().code()).isEqualTo(Code.UNAVAILABLE);
    }
  }

  @Test
  void closingEndsCallsInFlight() throws Exception {
    try (ScriptedServer server = ScriptedServer.answering(request -> {});
        TestCaller caller = TestCaller.overGrpc(server.port())) {
      TestCaller.Sent sent = caller.send(EchoService.ECHO, "", LONG);
      await().until(() -> server.requests.size() == 1);
      caller.connection.close();
      assertThat(sent.await(LONG)).isInstanceOf(AttemptResult.Unknown.class);
      assertThat(caller.connection.state()).isEqualTo(ConnectionState.CLOSED);
      assertThat(caller.call(EchoService.ECHO, "")).isInstanceOf(AttemptResult.NotSent.class);
    }
  }

  private static void sayHi(ScriptedServer.Request request) {
    request.ok().message(HI).trailers("grpc-status", "0");
  }

  private static boolean isHi(AttemptResult<StringValue> result) {
    return TestCaller.textOf(result).equals("hi");
  }
}
