package dev.clearspan.rpc.internal.netty;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.StringValue;
import dev.clearspan.rpc.CallOptions;
import dev.clearspan.rpc.Compression;
import dev.clearspan.rpc.Limit;
import dev.clearspan.rpc.RpcChannel;
import dev.clearspan.rpc.RpcServer;
import dev.clearspan.rpc.client.ChannelBuilder;
import dev.clearspan.rpc.internal.coding.Coding;
import dev.clearspan.rpc.server.EchoService;
import dev.clearspan.rpc.server.RawPeer;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import java.io.IOException;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Messages in Clearspan frames are compressed where both sides want it, and inflated with care. */
class FrameCompressionTest {
  private static final int LARGE = 200_000;
  private static final CallOptions OPTIONS =
      CallOptions.DEFAULT.withDeadline(Duration.ofSeconds(20));
  // HELLO with field 09: gzip
  private static final String HELLO = "00000007 01 00 00000000 09 0004 677a6970";
  // METHOD 1 = test.Echo/Echo, codec proto
  private static final String BIND =
      "00000019 08 00 00000000 0001 000e 746573742e4563686f2f4563686f 0005 70726f746f";
  private static final String HEAD = "0001 01 00 00000002540be400"; // method 1, 10 s

  private final EchoService service = new EchoService();
  private RpcServer server;

  @BeforeEach
  void start() {
    server =
        RpcServer.builder("echo")
            .service(service)
            .compression(Compression.GZIP)
            .limit(Limit.MESSAGE_BYTES, 2 << 20)
            .start();
  }

  @AfterEach
  void stop() {
    server.close();
  }

  @Test
  void bothWaysAreCompressedIfBothSidesWantIt() throws Exception {
    long moved = moved(channel().compression(Compression.GZIP));

    assertThat(moved).isLessThan(LARGE / 20);
  }

  @Test
  void oneSideAloneCompressesWhatItSends() throws Exception {
    long moved = moved(channel());

    assertThat(moved).isBetween((long) LARGE, LARGE + LARGE / 20L);
  }

  @Test
  void aPeerThatDoesNotAcceptItGetsPlainReplies() throws Exception {
    try (RawPeer peer = new RawPeer(server.port())) {
      String text = "x".repeat(2000);
      peer.sendHex(RawPeer.PREFACE, RawPeer.EMPTY_HELLO, BIND, request(0x00, message(text)));
      assertThat(peer.readUntil(text)).contains("echo");
    }
  }

  @Test
  void aPeerThatAcceptsItGetsPackedReplies() throws Exception {
    try (RawPeer peer = new RawPeer(server.port())) {
      ByteBuf packed = Unpooled.buffer();
      Coding.GZIP.deflate(message("x".repeat(2000)), packed);
      peer.sendHex(RawPeer.PREFACE, HELLO, BIND, request(0x40, packed));
      // RESPONSE, flag 40, stream 1, OK; then gzip's magic number behind the times
      assertThat(peer.readUntil("\u001f\u008b")).contains("\u0003\u0040\0\0\0\1\0");
    }
    assertThat(service.handled).hasValue(1);
  }

  @Test
  void aBombIsGivenUpAndTheConnectionLivesOn() throws Exception {
    ByteBuf bomb = Unpooled.buffer();
    Coding.GZIP.deflate(Unpooled.wrappedBuffer(new byte[64 << 20]), bomb);
    try (RawPeer peer = new RawPeer(server.port())) {
      peer.sendHex(RawPeer.PREFACE, HELLO, BIND, request(0x40, bomb));
      assertThat(peer.readUntil("(expected: <= 2097152)"))
          .contains("inflates to more than 2097152");
      peer.sendHex(request(0x00, message("7")).replace("00000001 0001", "00000003 0001"));
      assertThat(peer.readUntil("\n\u00017")).endsWith("\n\u00017");
    }
    assertThat(service.handled).hasValue(1);
  }

  @Test
  void whatIsNoGzipIsAnInvalidArgument() throws Exception {
    try (RawPeer peer = new RawPeer(server.port())) {
      peer.sendHex(RawPeer.PREFACE, HELLO, BIND, request(0x40, message("plain")));
      assertThat(peer.readUntil("(expected: gzip)"))
          .contains("request of test.Echo/Echo: compressed message");
    }
    assertThat(service.handled).hasValue(0);
  }

  private ChannelBuilder channel() {
    return RpcChannel.builder("echo");
  }

  /** Bytes that an echo of {@link #LARGE} bytes moves, both ways together. */
  private long moved(ChannelBuilder builder) throws IOException {
    try (CountingProxy proxy = new CountingProxy(server.port());
        RpcChannel channel = builder.target("127.0.0.1", proxy.port()).build()) {
      // Before the server's HELLO is here a client does not know what it may send.
      StringValue first = channel.call(EchoService.ECHO, StringValue.of("hello"), OPTIONS);
      assertThat(first.getValue()).isEqualTo("hello");
      long before = proxy.moved();
      String text = "x".repeat(LARGE);
      StringValue reply = channel.call(EchoService.ECHO, StringValue.of(text), OPTIONS);
      assertThat(reply.getValue()).isEqualTo(text);
      return proxy.moved() - before;
    }
  }

  private static ByteBuf message(String text) {
    return Unpooled.wrappedBuffer(StringValue.of(text).toByteArray());
  }

  private static String request(int flags, ByteBuf message) {
    return "%08x 02 %02x 00000001 %s %s"
        .formatted(12 + message.readableBytes(), flags, HEAD, ByteBufUtil.hexDump(message));
  }
}
