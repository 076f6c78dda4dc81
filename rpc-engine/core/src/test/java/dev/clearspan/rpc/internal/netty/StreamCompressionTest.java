package dev.clearspan.rpc.internal.netty;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.clearspan.rpc.CallOptions;
import dev.clearspan.rpc.Compression;
import dev.clearspan.rpc.Limit;
import dev.clearspan.rpc.RpcChannel;
import dev.clearspan.rpc.RpcServer;
import dev.clearspan.rpc.RpcStream;
import dev.clearspan.rpc.Status;
import dev.clearspan.rpc.endtoend.StreamService;
import dev.clearspan.rpc.internal.coding.Coding;
import dev.clearspan.rpc.internal.frame.Codings;
import dev.clearspan.rpc.internal.frame.Compressed;
import dev.clearspan.rpc.internal.frame.FrameType;
import dev.clearspan.rpc.internal.frame.Hello;
import dev.clearspan.rpc.internal.frame.StreamWindows;
import dev.clearspan.rpc.internal.netty.StreamPeer.Frame;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Messages of streams are compressed for those that take them so, and inflated with care. */
class StreamCompressionTest {
  private static final int LARGE = 200_000;
  private static final CallOptions OPTIONS =
      CallOptions.DEFAULT.withDeadline(Duration.ofSeconds(20));
  private static final StreamWindows PLENTY = new StreamWindows(1 << 20, 1 << 24);

  private final StreamService service = new StreamService();
  private RpcServer server;

  @BeforeEach
  void start() {
    server = start(Compression.GZIP);
  }

  @AfterEach
  void nothingStaysInFlight() {
    await().until(() -> server.inFlight() == 0);
    server.close();
  }

  @ParameterizedTest
  @EnumSource(names = {"GZIP", "ZSTD"})
  void bothWaysAreCompressedIfBothSidesWantIt(Compression compression) throws Exception {
    server.close();
    server = start(compression);

    assertThat(moved(compression, "x".repeat(LARGE))).isLessThan(LARGE / 20);
  }

  @Test
  void oneSideAloneCompressesWhatItSends() throws Exception {
    long moved = moved(Compression.NONE, "x".repeat(LARGE));

    assertThat(moved).isBetween((long) LARGE, LARGE + LARGE / 20L);
  }

  @Test
  void whatDoesNotGetSmallerGoesAsItIsInManyPieces() throws Exception {
    StringBuilder noise = new StringBuilder();
    new Random(7).ints(LARGE, 33, 127).forEach(each -> noise.append((char) each));

    assertThat(moved(Compression.GZIP, noise.toString())).isGreaterThan(LARGE);
  }

  @Test
  void aMessageOfManyCompressedPiecesArrivesWhole() throws Exception {
    StringBuilder words = new StringBuilder();
    new Random(7).ints(LARGE, 'a', 'z').forEach(each -> words.append((char) each));

    assertThat(moved(Compression.GZIP, words.toString())).isGreaterThan(LARGE);
  }

  @Test
  void aPeerOfABuildThatKnowsItForUnaryCallsOnlyGetsPlainMessages() throws Exception {
    Codings earlier = new Codings(EnumSet.of(Coding.GZIP), false);
    try (StreamPeer peer = new StreamPeer(server.port(), hello(earlier))) {
      peer.open(1, StreamService.ASYNC_SHOUT).data(1, "x".repeat(2000), true);
      Frame reply = peer.next(FrameType.DATA);

      assertThat(Compressed.in(reply.flags())).isNull();
      assertThat(reply.payload()).hasSize(2000);
      peer.end(1).next(FrameType.RESPONSE);
    }
  }

  @Test
  void theLastPieceSaysHowTheMessageIsPacked() throws Exception {
    try (StreamPeer peer = new StreamPeer(server.port(), hello(Codings.OURS))) {
      peer.open(1, StreamService.ASYNC_SHOUT).packed(1, Coding.GZIP, text("x".repeat(2000)));
      Frame reply = peer.next(FrameType.DATA);

      assertThat(reply.isLastPiece()).isTrue();
      assertThat(Compressed.in(reply.flags())).isEqualTo(Coding.GZIP);
      assertThat(reply.payload()).hasSizeLessThan(100);
      peer.end(1).next(FrameType.RESPONSE);
    }
  }

  @Test
  void aBombEndsItsStreamOnly() throws Exception {
    try (StreamPeer peer = new StreamPeer(server.port(), hello(Codings.OURS))) {
      peer.open(1, StreamService.ASYNC_SHOUT).packed(1, Coding.GZIP, new byte[8 << 20]);
      Status bombed = peer.next(FrameType.RESPONSE).response().status();
      assertThat(bombed.code()).isEqualTo(Status.Code.RESOURCE_EXHAUSTED);
      assertThat(bombed.message()).contains("inflates to more than 1048576");

      peer.open(3, StreamService.ASYNC_SHOUT).packed(3, Coding.ZSTD, text("quiet"));
      assertThat(peer.next(FrameType.DATA).payload()).isEqualTo(text("QUIET"));
      peer.end(3).next(FrameType.RESPONSE);
    }
  }

  @Test
  void whatIsInNoCodingIsAnInvalidArgument() throws Exception {
    try (StreamPeer peer = new StreamPeer(server.port(), hello(Codings.OURS))) {
      peer.open(1, StreamService.ASYNC_SHOUT).data(1, "plain", 0x41);
      Status status = peer.next(FrameType.RESPONSE).response().status();

      assertThat(status.code()).isEqualTo(Status.Code.INVALID_ARGUMENT);
      assertThat(status.message()).contains("message to test.Streams/AsyncShout: compressed");
    }
  }

  @Test
  void creditIsForTheBytesThatTravel() throws Exception {
    StreamWindows small = new StreamWindows(4096, 1 << 20);
    Hello greeting = new Hello("peer", "p", "n", 4 << 20, 100, 200, small, Codings.OURS, 0, false);
    try (StreamPeer peer = new StreamPeer(server.port(), greeting)) {
      peer.open(1, StreamService.ASYNC_SHOUT).data(1, "x".repeat(LARGE / 20), true);

      assertThat(peer.next(FrameType.DATA).isLastPiece()).isTrue();
      peer.end(1).next(FrameType.RESPONSE);
    }
  }

  private RpcServer start(Compression compression) {
    return RpcServer.builder("streams")
        .service(service)
        .compression(compression)
        .limit(Limit.MESSAGE_BYTES, 2 << 20)
        .start();
  }

  /** Bytes that an echo of the text in a stream moves, both ways together. */
  private long moved(Compression compression, String text) throws Exception {
    try (CountingProxy proxy = new CountingProxy(server.port());
        RpcChannel channel =
            RpcChannel.builder("streams")
                .compression(compression)
                .target("127.0.0.1", proxy.port())
                .build();
        RpcStream<String, String> stream = channel.open(StreamService.SHOUT, OPTIONS)) {
      // Before the server's HELLO is here a client does not know what it may send.
      stream.send("hello");
      assertThat(stream.receive()).isEqualTo("HELLO");
      long before = proxy.moved();
      stream.send(text);
      assertThat(stream.receive()).isEqualTo(text.toUpperCase(Locale.ROOT));
      return proxy.moved() - before;
    }
  }

  private static Hello hello(Codings codings) {
    return new Hello("peer", "p", "n", 4 << 20, 100, 200, PLENTY, codings, 0, false);
  }

  private static byte[] text(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
