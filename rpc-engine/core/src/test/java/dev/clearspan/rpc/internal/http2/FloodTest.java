package dev.clearspan.rpc.internal.http2;

import static dev.clearspan.rpc.internal.http2.RawHttp2Peer.ACK;
import static dev.clearspan.rpc.internal.http2.RawHttp2Peer.CONTINUATION;
import static dev.clearspan.rpc.internal.http2.RawHttp2Peer.DATA;
import static dev.clearspan.rpc.internal.http2.RawHttp2Peer.END_STREAM;
import static dev.clearspan.rpc.internal.http2.RawHttp2Peer.GOAWAY;
import static dev.clearspan.rpc.internal.http2.RawHttp2Peer.HEADERS;
import static dev.clearspan.rpc.internal.http2.RawHttp2Peer.PING;
import static dev.clearspan.rpc.internal.http2.RawHttp2Peer.RST_STREAM;
import static dev.clearspan.rpc.internal.http2.RawHttp2Peer.SETTINGS;
import static dev.clearspan.rpc.internal.http2.RawHttp2Peer.frame;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.StringValue;
import dev.clearspan.rpc.RpcServer;
import dev.clearspan.rpc.server.EchoService;
import io.netty.handler.codec.http2.Http2Error;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.function.IntFunction;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Floods end their own connection with GOAWAY, and no other. */
class FloodTest {
  private static final int CALM = (int) Http2Error.ENHANCE_YOUR_CALM.code();
  private static final byte[] NOTHING = {};

  private final RpcServer server = RpcServer.builder("echo").service(new EchoService()).start();

  @AfterEach
  void stop() {
    server.close();
  }

  @Test
  void rapidResetIsCalmed() throws Exception {
    byte[] cancel = {0, 0, 0, 8};
    RawHttp2Peer.Frame goAway =
        flood(
            300,
            i ->
                joined(
                    RawHttp2Peer.request(2 * i + 1, 0, "/test.Echo/Echo"),
                    frame(RST_STREAM, 0, 2 * i + 1, cancel)));
    assertThat(goAway.errorCode()).isEqualTo(CALM);
    assertThat(goAway.debugText()).contains("too_many_resets");
  }

  @Test
  void resetsAmongAnsweredCallsAreNoFlood() throws Exception {
    try (RawHttp2Peer peer = new RawHttp2Peer(server.port())) {
      byte[] hello = StringValue.of("hello").toByteArray();
      for (int i = 0; i < 2 * FloodGuard.MOST_RESETS; i++) {
        int id = 4 * i + 1;
        peer.send(
            RawHttp2Peer.request(id, 0, "/test.Echo/Block"),
            frame(RST_STREAM, 0, id, new byte[] {0, 0, 0, 8}),
            RawHttp2Peer.request(id + 2, 0, "/test.Echo/Echo"),
            RawHttp2Peer.message(id + 2, END_STREAM, hello));
        RawHttp2Peer.Frame last =
            peer.await(each -> each.streamId() == id + 2 && each.isEndOfStream());
        assertThat(last.type()).isEqualTo(HEADERS);
      }
    }
  }

  @Test
  void continuationFloodIsCut() throws Exception {
    byte[] first = frame(HEADERS, 0, 1, RawHttp2Peer.block(":method", "POST"));
    RawHttp2Peer.Frame goAway =
        flood(
            100,
            i -> i == 0 ? first : frame(CONTINUATION, 0, 1, RawHttp2Peer.block("x-" + i, "y")));
    assertThat(goAway.errorCode()).isEqualTo(CALM);
  }

  @Test
  void pingFloodIsCalmed() throws Exception {
    RawHttp2Peer.Frame goAway = flood(100, i -> frame(PING, 0, 0, new byte[Long.BYTES]));
    assertThat(goAway.errorCode()).isEqualTo(CALM);
    assertThat(goAway.debugText()).isEqualTo("too_many_pings");
  }

  @Test
  void aPingIsAnswered() throws Exception {
    byte[] token = {1, 2, 3, 4, 5, 6, 7, 8};
    try (RawHttp2Peer peer = new RawHttp2Peer(server.port()).send(frame(PING, 0, 0, token))) {
      RawHttp2Peer.Frame pong = peer.awaitType(PING);
      assertThat(pong.flags()).isEqualTo(ACK);
      assertThat(pong.payload()).isEqualTo(token);
    }
  }

  @Test
  void settingsFloodIsCalmed() throws Exception {
    RawHttp2Peer.Frame goAway = flood(200, i -> frame(SETTINGS, 0, 0, NOTHING));
    assertThat(goAway.errorCode()).isEqualTo(CALM);
  }

  @Test
  void emptyDataFloodIsCut() throws Exception {
    RawHttp2Peer.Frame goAway =
        flood(
            100,
            i ->
                i == 0
                    ? RawHttp2Peer.request(1, 0, "/test.Echo/Echo")
                    : frame(DATA, 0, 1, NOTHING));
    assertThat(goAway.errorCode()).isEqualTo(CALM);
  }

  @Test
  void oversizeHeadersAreCut() throws Exception {
    byte[] most = RawHttp2Peer.block("long", "x".repeat(16_000));
    RawHttp2Peer.Frame goAway = flood(2, i -> frame(i == 0 ? HEADERS : CONTINUATION, 0, 1, most));
    assertThat(goAway.errorCode()).isNotZero();
  }

  /** Sends many frames, and what the connection then ends with. */
  private RawHttp2Peer.Frame flood(int count, IntFunction<byte[]> frames) throws IOException {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    for (int i = 0; i < count; i++) {
      all.writeBytes(frames.apply(i));
    }
    try (RawHttp2Peer other = new RawHttp2Peer(server.port());
        RawHttp2Peer peer = new RawHttp2Peer(server.port())) {
      peer.send(all.toByteArray());
      RawHttp2Peer.Frame goAway = peer.awaitType(GOAWAY);
      assertThat(peer.isClosedByServer()).isTrue();
      assertAnswered(other);
      return goAway;
    }
  }

  private static void assertAnswered(RawHttp2Peer other) throws IOException {
    other.send(
        RawHttp2Peer.request(1, 0, "/test.Echo/Echo"),
        RawHttp2Peer.message(1, END_STREAM, StringValue.of("hello").toByteArray()));
    RawHttp2Peer.Frame last = other.await(each -> each.streamId() == 1 && each.isEndOfStream());
    assertThat(last.type()).isEqualTo(HEADERS);
  }

  private static byte[] joined(byte[] first, byte[] second) {
    ByteArrayOutputStream both = new ByteArrayOutputStream();
    both.writeBytes(first);
    both.writeBytes(second);
    return both.toByteArray();
  }
}
