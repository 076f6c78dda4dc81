package dev.clearspan.rpc.internal.http2;

import static dev.clearspan.rpc.internal.http2.RawHttp2Peer.ACK;
import static dev.clearspan.rpc.internal.http2.RawHttp2Peer.END_STREAM;
import static dev.clearspan.rpc.internal.http2.RawHttp2Peer.GOAWAY;
import static dev.clearspan.rpc.internal.http2.RawHttp2Peer.HEADERS;
import static dev.clearspan.rpc.internal.http2.RawHttp2Peer.PING;
import static dev.clearspan.rpc.internal.http2.RawHttp2Peer.RST_STREAM;
import static dev.clearspan.rpc.internal.http2.RawHttp2Peer.frame;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.StringValue;
import dev.clearspan.rpc.RpcServer;
import dev.clearspan.rpc.server.EchoService;
import io.netty.handler.codec.http2.Http2Error;
import java.io.IOException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Floods end their own connection with GOAWAY, and no other. */
class FloodTest {
  private static final int CALM = (int) Http2Error.ENHANCE_YOUR_CALM.code();

  private final RpcServer server = RpcServer.builder("echo").service(new EchoService()).start();

  @AfterEach
  void stop() {
    server.close();
  }

  @Test
  void rapidResetIsCalmed() throws Exception {
    RawHttp2Peer.Frame goAway = flood(Flood.RAPID_RESET);
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
    RawHttp2Peer.Frame goAway = flood(Flood.CONTINUATIONS);
    assertThat(goAway.errorCode()).isEqualTo(CALM);
  }

  @Test
  void pingFloodIsCalmed() throws Exception {
    RawHttp2Peer.Frame goAway = flood(Flood.PINGS);
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
    RawHttp2Peer.Frame goAway = flood(Flood.SETTINGS_FRAMES);
    assertThat(goAway.errorCode()).isEqualTo(CALM);
  }

  @Test
  void emptyDataFloodIsCut() throws Exception {
    RawHttp2Peer.Frame goAway = flood(Flood.EMPTY_DATA);
    assertThat(goAway.errorCode()).isEqualTo(CALM);
  }

  @Test
  void oversizeHeadersAreCut() throws Exception {
    RawHttp2Peer.Frame goAway = flood(Flood.OVERSIZE_HEADERS);
    assertThat(goAway.errorCode()).isNotZero();
  }

  /** Sends the flood, and what the connection then ends with. */
  private RawHttp2Peer.Frame flood(Flood flood) throws IOException {
    try (RawHttp2Peer other = new RawHttp2Peer(server.port());
        RawHttp2Peer peer = new RawHttp2Peer(server.port())) {
      peer.send(flood.bytes("/test.Echo/Echo"));
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
}
