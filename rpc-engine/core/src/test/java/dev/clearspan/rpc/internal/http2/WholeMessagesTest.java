package dev.clearspan.rpc.internal.http2;

import static dev.clearspan.rpc.internal.http2.RawHttp2Peer.DATA;
import static dev.clearspan.rpc.internal.http2.RawHttp2Peer.END_STREAM;
import static dev.clearspan.rpc.internal.http2.RawHttp2Peer.frame;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.StringValue;
import dev.clearspan.rpc.RpcServer;
import dev.clearspan.rpc.server.EchoService;
import java.io.IOException;
import java.nio.ByteBuffer;
import org.junit.jupiter.api.Test;

/** Replies that are written at once keep the connection's window all the same. */
class WholeMessagesTest {
  private static final int WINDOW_UPDATE = 8;
  private static final int CONNECTION_WINDOW = 65_535;
  private static final int CALLS = 100;
  private static final int TEXT_BYTES = 1_000;

  @Test
  void theConnectionsWindowIsKept() throws Exception {
    byte[] message = StringValue.of("x".repeat(TEXT_BYTES)).toByteArray();
    int reply = MessageFrame.PREFIX_BYTES + message.length;
    try (RpcServer server = RpcServer.builder("echo").service(new EchoService()).start();
        RawHttp2Peer peer = new RawHttp2Peer(server.port())) {
      for (int i = 0; i < CALLS; i++) {
        call(peer, 2 * i + 1, message);
      }
      int before = 0;
      while (before < CONNECTION_WINDOW) {
        before += peer.awaitType(DATA).payload().length;
      }
      assertThat(before).isEqualTo(CONNECTION_WINDOW);

      int rest = CALLS * reply - CONNECTION_WINDOW;
      peer.send(frame(WINDOW_UPDATE, 0, 0, ByteBuffer.allocate(4).putInt(rest).array()));
      int after = 0;
      while (after < rest) {
        after += peer.awaitType(DATA).payload().length;
      }
      assertThat(after).isEqualTo(rest);
    }
  }

  private static void call(RawHttp2Peer peer, int stream, byte[] message) throws IOException {
    peer.send(
        RawHttp2Peer.request(stream, 0, "/test.Echo/Echo"),
        RawHttp2Peer.message(stream, END_STREAM, message));
  }
}
