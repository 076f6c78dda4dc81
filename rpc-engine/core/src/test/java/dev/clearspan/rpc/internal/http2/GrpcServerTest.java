package dev.clearspan.rpc.internal.http2;

import static dev.clearspan.rpc.internal.http2.RawHttp2Peer.ACK;
import static dev.clearspan.rpc.internal.http2.RawHttp2Peer.END_STREAM;
import static dev.clearspan.rpc.internal.http2.RawHttp2Peer.GOAWAY;
import static dev.clearspan.rpc.internal.http2.RawHttp2Peer.PING;
import static dev.clearspan.rpc.internal.http2.RawHttp2Peer.SETTINGS;
import static dev.clearspan.rpc.internal.http2.RawHttp2Peer.frame;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.google.protobuf.StringValue;
import dev.clearspan.rpc.Limit;
import dev.clearspan.rpc.Limits;
import dev.clearspan.rpc.RpcServer;
import dev.clearspan.rpc.server.EchoService;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.handler.codec.http2.Http2Headers;
import io.netty.handler.codec.http2.Http2Settings;
import java.net.Socket;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What stock clients do not let one send, and what they do not show. */
class GrpcServerTest {
  private static final byte[] HELLO = StringValue.of("hello").toByteArray();

  private final EchoService service = new EchoService();
  private final RpcServer server =
      RpcServer.builder("echo")
          .service(service)
          .limits(Limits.DEFAULT.with(Limit.IN_FLIGHT_PER_CONNECTION, 100))
          .start();

  @AfterEach
  void stop() {
    service.release.countDown();
    server.close();
  }

  @Test
  void limitsAreAdvertised() throws Exception {
    try (RawHttp2Peer peer = new RawHttp2Peer(server.port())) {
      Http2Settings settings = settings(peer.awaitType(SETTINGS).payload());
      assertThat(settings.maxConcurrentStreams()).isEqualTo(100);
      assertThat(settings.maxHeaderListSize()).isEqualTo(16 * 1024);
    }
  }

  @Test
  void thePrefaceMayComeByteByByte() throws Exception {
    try (RawHttp2Peer peer = new RawHttp2Peer(server.port())) {
      assertThat(peer.awaitType(SETTINGS).streamId()).isZero();
    }
    try (Socket socket = new Socket("127.0.0.1", server.port())) {
      socket.setTcpNoDelay(true);
      for (char each : "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n".toCharArray()) {
        socket.getOutputStream().write(each);
      }
      socket.getOutputStream().write(frame(SETTINGS, 0, 0, new byte[0]));
      assertThat(socket.getInputStream().read()).isZero();
    }
  }

  @Test
  void otherContentTypesGet415() throws Exception {
    Http2Headers reply = replyTo(RawHttp2Peer.headers(1, END_STREAM, post("text/html")));
    assertThat(text(reply.status())).isEqualTo("415");
    assertThat(text(reply.get("grpc-message"))).contains("text/html (expected: application/grpc)");
  }

  @Test
  void otherHttpMethodsGet405() throws Exception {
    String[] get = post("application/grpc");
    get[1] = "GET";
    Http2Headers reply = replyTo(RawHttp2Peer.headers(1, END_STREAM, get));
    assertThat(text(reply.status())).isEqualTo("405");
  }

  @Test
  void unknownMethodsAreUnimplementedWithHttpOk() throws Exception {
    Http2Headers reply = replyTo(RawHttp2Peer.request(1, END_STREAM, "/no.Such/Thing"));
    assertThat(text(reply.status())).isEqualTo("200");
    assertThat(status(reply)).isEqualTo("12");
  }

  @Test
  void unknownEncodingsAreUnimplementedAndTheKnownOnesTold() throws Exception {
    Http2Headers reply =
        replyTo(RawHttp2Peer.request(1, 0, "/test.Echo/Echo", "grpc-encoding", "snappy"));
    assertThat(status(reply)).isEqualTo("12");
    assertThat(text(reply.get("grpc-accept-encoding"))).isEqualTo("identity,gzip");
  }

  @Test
  void aTimeoutThatIsNoneIsRefused() throws Exception {
    Http2Headers reply =
        replyTo(RawHttp2Peer.request(1, 0, "/test.Echo/Echo", "grpc-timeout", "123456789S"));
    assertThat(status(reply)).isEqualTo("3");
  }

  @Test
  void tooMuchMetadataIsExhausted() throws Exception {
    Http2Headers reply =
        replyTo(RawHttp2Peer.request(1, 0, "/test.Echo/Echo", "long", "x".repeat(9_000)));
    assertThat(status(reply)).isEqualTo("8");
    assertThat(text(reply.get("grpc-message"))).contains("9004 (expected: <= 8192)");
  }

  @Test
  void compressedMessagesNeedAnEncoding() throws Exception {
    byte[] message = RawHttp2Peer.message(1, END_STREAM, HELLO);
    message[9] = 1;
    assertThat(status(replyTo(RawHttp2Peer.request(1, 0, "/test.Echo/Echo"), message)))
        .isEqualTo("13");
  }

  @Test
  void aRequestWithoutItsMessageIsRefused() throws Exception {
    Http2Headers reply = replyTo(RawHttp2Peer.request(1, END_STREAM, "/test.Echo/Echo"));
    assertThat(status(reply)).isEqualTo("13");
    assertThat(text(reply.get("grpc-message"))).contains("no request (expected: one)");
  }

  @Test
  void undecodableMessagesAreInvalid() throws Exception {
    byte[] noise = RawHttp2Peer.message(1, END_STREAM, new byte[] {-1, -1, -1});
    assertThat(status(replyTo(RawHttp2Peer.request(1, 0, "/test.Echo/Echo"), noise)))
        .isEqualTo("3");
  }

  @Test
  void anExpiredDeadlineIsToldInTrailers() throws Exception {
    Http2Headers reply =
        replyTo(
            RawHttp2Peer.request(1, 0, "/test.Echo/Block", "grpc-timeout", "50m"),
            RawHttp2Peer.message(1, END_STREAM, HELLO));
    assertThat(status(reply)).isEqualTo("4");
    await().until(() -> service.interrupted.get() == 1);
  }

  @Test
  void aDeadlineMayPassBeforeTheRequestIsComplete() throws Exception {
    Http2Headers reply =
        replyTo(RawHttp2Peer.request(1, 0, "/test.Echo/Echo", "grpc-timeout", "1m"));
    assertThat(status(reply)).isEqualTo("4");
    assertThat(service.handled).hasValue(0);
  }

  @Test
  void onlyClearspanClientsAreToldTimes() throws Exception {
    try (RawHttp2Peer peer = new RawHttp2Peer(server.port())) {
      peer.send(
          RawHttp2Peer.request(1, 0, "/test.Echo/Echo", "clearspan-client", "1"),
          RawHttp2Peer.message(1, END_STREAM, HELLO));
      Http2Headers unused = peer.awaitHeaders(1);
      Http2Headers trailers = peer.awaitHeaders(1);
      assertThat(text(trailers.get("clearspan-server-time"))).matches("[0-9]+;[0-9]+");
      peer.send(
          RawHttp2Peer.request(3, 0, "/test.Echo/Echo"),
          RawHttp2Peer.message(3, END_STREAM, HELLO));
      unused = peer.awaitHeaders(3);
      assertThat(peer.awaitHeaders(3)).hasSize(1);
    }
  }

  @Test
  void aResetCancelsTheCall() throws Exception {
    try (RawHttp2Peer peer = new RawHttp2Peer(server.port())) {
      peer.send(
          RawHttp2Peer.request(1, 0, "/test.Echo/Block"),
          RawHttp2Peer.message(1, END_STREAM, HELLO));
      await().until(() -> service.handled.get() == 1);
      peer.send(frame(RawHttp2Peer.RST_STREAM, 0, 1, new byte[] {0, 0, 0, 8}));
      await().until(() -> service.interrupted.get() == 1);
      await().until(() -> server.inFlight() == 0);
    }
  }

  @Test
  void aLostConnectionCancelsItsCalls() throws Exception {
    try (RawHttp2Peer peer = new RawHttp2Peer(server.port())) {
      peer.send(
          RawHttp2Peer.request(1, 0, "/test.Echo/Block"),
          RawHttp2Peer.message(1, END_STREAM, HELLO));
      await().until(() -> service.handled.get() == 1);
    }
    await().until(() -> service.interrupted.get() == 1);
  }

  @Test
  void moreCallsThanAllowedAreRefusedUnrun() throws Exception {
    Limits one = Limits.DEFAULT.with(Limit.IN_FLIGHT, 1);
    try (RpcServer small = RpcServer.builder("small").service(service).limits(one).start();
        RawHttp2Peer peer = new RawHttp2Peer(small.port())) {
      peer.send(
          RawHttp2Peer.request(1, 0, "/test.Echo/Block"),
          RawHttp2Peer.message(1, END_STREAM, HELLO),
          RawHttp2Peer.request(3, 0, "/test.Echo/Echo"),
          RawHttp2Peer.message(3, END_STREAM, HELLO));
      Http2Headers refusal = peer.awaitHeaders(3);
      assertThat(status(refusal)).isEqualTo("14");
      assertThat(text(refusal.get("clearspan-refused"))).isEqualTo("1");
      service.release.countDown();
    }
  }

  @Test
  void aDrainingServerGoesInTwoSteps() throws Exception {
    try (RawHttp2Peer peer = new RawHttp2Peer(server.port())) {
      peer.send(
          RawHttp2Peer.request(1, 0, "/test.Echo/Block"),
          RawHttp2Peer.message(1, END_STREAM, HELLO));
      await().until(() -> service.handled.get() == 1);
      CompletableFuture<Void> drained = CompletableFuture.runAsync(server::drain);
      assertThat(peer.awaitType(GOAWAY).lastStream()).isEqualTo(Integer.MAX_VALUE);
      byte[] token = peer.awaitType(PING).payload();

      peer.send(
          RawHttp2Peer.request(3, 0, "/test.Echo/Echo"),
          RawHttp2Peer.message(3, END_STREAM, HELLO),
          frame(PING, ACK, 0, token));
      RawHttp2Peer.Frame last = peer.awaitType(GOAWAY);
      assertThat(last.lastStream()).isEqualTo(3);
      assertThat(last.errorCode()).isZero();
      drained.join();

      service.release.countDown();
      assertThat(peer.await(each -> each.streamId() == 1 && each.isEndOfStream())).isNotNull();
      assertThat(peer.isClosedByServer()).isTrue();
    }
  }

  private Http2Headers replyTo(byte[]... frames) throws Exception {
    try (RawHttp2Peer peer = new RawHttp2Peer(server.port()).send(frames)) {
      return peer.awaitHeaders(1);
    }
  }

  private static String[] post(String contentType) {
    return new String[] {
      ":method",
      "POST",
      ":scheme",
      "http",
      ":path",
      "/test.Echo/Echo",
      ":authority",
      "test",
      "content-type",
      contentType
    };
  }

  private static String status(Http2Headers reply) {
    return text(reply.get("grpc-status"));
  }

  private static String text(CharSequence value) {
    return String.valueOf(value);
  }

  private static Http2Settings settings(byte[] payload) {
    Http2Settings settings = new Http2Settings();
    ByteBuf in = Unpooled.wrappedBuffer(payload);
    while (in.isReadable()) {
      settings.put((char) in.readUnsignedShort(), Long.valueOf(in.readUnsignedInt()));
    }
    return settings;
  }
}
