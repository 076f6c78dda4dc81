package dev.clearspan.rpc.internal.netty;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.clearspan.rpc.Limit;
import dev.clearspan.rpc.Limits;
import dev.clearspan.rpc.MethodShape;
import dev.clearspan.rpc.RpcServer;
import dev.clearspan.rpc.Status.Code;
import dev.clearspan.rpc.endtoend.StreamService;
import dev.clearspan.rpc.internal.frame.FrameType;
import dev.clearspan.rpc.internal.frame.StreamFrames;
import dev.clearspan.rpc.internal.frame.StreamWindows;
import dev.clearspan.rpc.internal.netty.StreamPeer.Frame;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Streams of a server, frame by frame: credit, turns, and peers that break the rules. */
class StreamFramesTest {
  private static final int MESSAGE = 100;
  private static final int COST = StreamFrames.cost(MESSAGE);
  private static final StreamWindows PLENTY = new StreamWindows(1 << 20, 1 << 24);

  private final StreamService service = new StreamService();
  private RpcServer server;

  @BeforeEach
  void start() {
    server = RpcServer.builder("streams").service(service).start();
  }

  @AfterEach
  void nothingStaysInFlight() {
    await().until(() -> server.inFlight() == 0);
    server.close();
  }

  @Test
  void aSenderStopsAtExactlyItsStreamsCredit() throws Exception {
    try (StreamPeer peer = flooded(new StreamWindows(5 * COST, 1 << 20))) {
      assertThat(awaitFrames(peer, 5)).allMatch(Frame::isLastPiece);
      assertThat(peer.untilQuiet()).isEmpty();

      peer.window(1, 2 * COST);
      assertThat(awaitFrames(peer, 2)).allMatch(Frame::isLastPiece);

      peer.window(1, StreamFrames.cost(30));
      Frame piece = awaitFrames(peer, 1).get(0);
      assertThat(piece.payload()).hasSize(30);
      assertThat(piece.isLastPiece()).isFalse();
      assertThat(peer.untilQuiet()).isEmpty();
    }
  }

  @Test
  void allStreamsStopAtTheConnectionsCredit() throws Exception {
    try (StreamPeer peer = flooded(new StreamWindows(1 << 20, 6 * COST))) {
      assertThat(awaitFrames(peer, 6)).allMatch(frame -> frame.streamId() == 1);
      flood(peer, 3);
      assertThat(peer.untilQuiet()).noneMatch(frame -> frame.type() == FrameType.DATA);

      Set<Integer> sending = new HashSet<>();
      while (!sending.containsAll(Set.of(1, 3))) { // the second may begin at any time
        peer.window(0, 4 * COST);
        awaitFrames(peer, 4).forEach(frame -> sending.add(frame.streamId()));
      }
      assertThat(peer.untilQuiet()).isEmpty();
    }
  }

  @Test
  void idsBeginAgainAfterTheLast() throws Exception {
    int last = CallTable.LAST_ID;
    try (StreamPeer peer = new StreamPeer(server.port(), PLENTY)) {
      peer.open(last, StreamService.COUNT).data(last, "1", true).end(last);
      assertThat(peer.next(FrameType.RESPONSE).streamId()).isEqualTo(last);
      peer.open(1, StreamService.COUNT).data(1, "1", true).end(1);
      assertThat(peer.next(FrameType.RESPONSE).streamId()).isEqualTo(1);

      peer.data(last, "late", true);
      assertThat(peer.untilQuiet()).isEmpty();
    }
  }

  @Test
  void streamsSendInTurn() throws Exception {
    try (StreamPeer peer = new StreamPeer(server.port(), new StreamWindows(1 << 20, 0))) {
      int large = 200_000;
      peer.open(1, StreamService.FLOOD).data(1, String.valueOf(large), true).end(1);
      peer.open(3, StreamService.COUNT).data(3, "3", true).end(3);
      await().until(() -> service.begun.get() == 2);
      peer.window(0, 1 << 20);

      List<Integer> order = new ArrayList<>();
      Frame frame;
      while ((frame = peer.next()).type() != FrameType.RESPONSE) {
        order.add(frame.streamId());
        peer.window(0, StreamFrames.cost(frame.payload().length));
      }

      assertThat(frame.streamId()).isEqualTo(3);
      assertThat(order).containsSubsequence(1, 3, 1, 3);
      peer.cancel(1);
    }
    await().until(() -> service.cancelled.get() == 1);
  }

  @Test
  void creditComesBackAsTheHandlerTakesMessages() throws Exception {
    try (StreamPeer peer = new StreamPeer(server.port(), PLENTY)) {
      peer.open(1, StreamService.IGNORE);
      peer.open(3, StreamService.JOIN);
      String piece = "x".repeat(StreamFrames.PIECE);
      for (int i = 0; i < 9; i++) {
        peer.data(1, piece, true).data(3, piece, true);
      }

      Frame window = peer.next(FrameType.WINDOW);

      assertThat(window.streamId()).isEqualTo(3);
      assertThat(peer.untilQuiet()).noneMatch(frame -> frame.streamId() == 1);
      peer.cancel(1).cancel(3);
    }
  }

  @Test
  void dataBeyondTheCreditEndsTheConnection() throws Exception {
    try (StreamPeer peer = new StreamPeer(server.port(), PLENTY)) {
      peer.open(1, StreamService.IGNORE);
      String piece = "x".repeat(StreamFrames.PIECE);
      for (int i = 0; i < 16; i++) {
        peer.data(1, piece, true);
      }
      assertThat(peer.goAway())
          .isEqualTo(
              "PROTOCOL_ERROR DATA on stream 1 costs 16448 (expected: <= 15424, the credit left)");
    }
    await().until(() -> service.cancelled.get() == 1);
  }

  @Test
  void aStreamThatNobodyOpenedEndsTheConnection() throws Exception {
    try (StreamPeer peer = new StreamPeer(server.port(), PLENTY)) {
      assertThat(peer.data(5, "x", true).goAway())
          .contains("DATA on stream 5 (expected: a stream that a REQUEST has opened)");
    }
    try (StreamPeer peer = new StreamPeer(server.port(), PLENTY)) {
      assertThat(peer.window(5, 1).goAway()).contains("WINDOW on stream 5");
    }
  }

  @Test
  void whatComesForAStreamThatHasEndedIsDropped() throws Exception {
    try (StreamPeer peer = new StreamPeer(server.port(), PLENTY)) {
      peer.open(1, StreamService.FAIL);
      assertThat(peer.next(FrameType.RESPONSE).response().status().code())
          .isEqualTo(Code.NOT_FOUND);
      String piece = "x".repeat(StreamFrames.PIECE);
      int most = Limits.DEFAULT.connectionWindow() / StreamFrames.cost(StreamFrames.PIECE);
      for (int i = 0; i < 2 * most / 3; i++) {
        peer.data(1, piece, true);
      }
      // Its credit of the connection comes back all the same.
      assertThat(peer.next(FrameType.WINDOW).streamId()).isZero();
      peer.end(1).window(1, 5).cancel(1);
      assertThat(peer.untilQuiet()).isEmpty();
    }
  }

  @Test
  void endComesOnce() throws Exception {
    try (StreamPeer peer = new StreamPeer(server.port(), PLENTY)) {
      peer.open(1, StreamService.IGNORE).end(1).end(1);
      assertThat(peer.goAway()).contains("END on stream 1 after its END");
    }
    try (StreamPeer peer = new StreamPeer(server.port(), PLENTY)) {
      peer.open(1, StreamService.IGNORE).end(1).data(1, "x", true);
      assertThat(peer.goAway()).contains("DATA on stream 1 after its END");
    }
    try (StreamPeer peer = new StreamPeer(server.port(), PLENTY)) {
      peer.open(1, StreamService.IGNORE).data(1, "x", false).end(1);
      assertThat(peer.goAway()).contains("END of stream 1 within a message");
    }
  }

  @Test
  void windowsThatMakeNoSenseEndTheConnection() throws Exception {
    try (StreamPeer peer = flooded(new StreamWindows(5 * COST, 1 << 20))) {
      peer.window(1, Integer.MAX_VALUE).window(1, Integer.MAX_VALUE);
      assertThat(peer.goAway()).contains("WINDOW: credit of").contains("expected: <= 2147483647");
    }
    try (StreamPeer peer = new StreamPeer(server.port(), PLENTY)) {
      assertThat(peer.window(0, 0).goAway()).contains("WINDOW: 0 (expected: >= 1)");
    }
  }

  @Test
  void piecesAreShort() throws Exception {
    try (StreamPeer peer = new StreamPeer(server.port(), PLENTY)) {
      peer.open(1, StreamService.IGNORE).data(1, "x".repeat(StreamFrames.PIECE + 1), true);
      assertThat(peer.goAway()).contains("DATA: 16385 bytes (expected: <= 16384)");
    }
  }

  @Test
  void anOpeningRequestHasNoMessageAndTheRightShape() throws Exception {
    try (StreamPeer peer = new StreamPeer(server.port(), PLENTY)) {
      peer.open(1, StreamService.method("Echo", MethodShape.UNARY));
      assertThat(peer.next(FrameType.RESPONSE).response().status().message())
          .isEqualTo("test.Streams/Echo is UNARY (opened as a stream: UNARY)");
      peer.open(3, StreamService.method("Join", MethodShape.SERVER_STREAMING));
      assertThat(peer.next(FrameType.RESPONSE).response().status().code())
          .isEqualTo(Code.UNIMPLEMENTED);
    }
  }

  @Test
  void aSecondRequestOfAMethodThatTakesOneEndsTheStream() throws Exception {
    try (StreamPeer peer = new StreamPeer(server.port(), PLENTY)) {
      peer.open(1, StreamService.ASYNC_COUNT).data(1, "1", true).data(1, "2", true);
      peer.open(3, StreamService.COUNT).end(3);
      List<String> told = new ArrayList<>();
      told.add(peer.next(FrameType.RESPONSE).response().status().message());
      told.add(peer.next(FrameType.RESPONSE).response().status().message());
      assertThat(told)
          .containsExactlyInAnyOrder(
              "a second request (expected: one)", "no request (expected: one)");
    }
  }

  @Test
  void aMessageOverTheLimitEndsItsStreamOnly() throws Exception {
    Limits small = Limits.DEFAULT.with(Limit.MESSAGE_BYTES, 20_000);
    try (RpcServer narrow = RpcServer.builder("streams").service(service).limits(small).start();
        StreamPeer peer = new StreamPeer(narrow.port(), PLENTY)) {
      peer.open(1, StreamService.SHOUT);
      peer.data(1, "x".repeat(16_000), false).data(1, "x".repeat(16_000), false);
      Frame response = peer.next(FrameType.RESPONSE);

      assertThat(response.response().status().code()).isEqualTo(Code.RESOURCE_EXHAUSTED);
      assertThat(response.response().status().message())
          .contains("32000 bytes or more (expected: <= 20000)");
      peer.open(3, StreamService.SHOUT).data(3, "still here", true);
      assertThat(peer.next(FrameType.DATA).payload()).asString().isEqualTo("STILL HERE");
    }
  }

  private StreamPeer flooded(StreamWindows windows) throws IOException {
    StreamPeer peer = new StreamPeer(server.port(), windows);
    flood(peer, 1);
    return peer;
  }

  private static void flood(StreamPeer peer, int streamId) throws IOException {
    peer.open(streamId, StreamService.FLOOD)
        .data(streamId, String.valueOf(MESSAGE), true)
        .end(streamId);
  }

  private static List<Frame> awaitFrames(StreamPeer peer, int count) throws IOException {
    List<Frame> found = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      found.add(peer.next(FrameType.DATA));
    }
    return found;
  }
}
