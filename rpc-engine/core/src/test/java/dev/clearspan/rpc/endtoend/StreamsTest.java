package dev.clearspan.rpc.endtoend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;

import dev.clearspan.rpc.CallOptions;
import dev.clearspan.rpc.Metadata;
import dev.clearspan.rpc.MethodShape;
import dev.clearspan.rpc.MethodSpec;
import dev.clearspan.rpc.ReplyMetadata;
import dev.clearspan.rpc.RpcChannel;
import dev.clearspan.rpc.RpcException;
import dev.clearspan.rpc.RpcServer;
import dev.clearspan.rpc.RpcStream;
import dev.clearspan.rpc.Status.Code;
import dev.clearspan.rpc.StreamSender;
import dev.clearspan.rpc.ledger.AttemptRecord;
import dev.clearspan.rpc.ledger.RecordingLedger;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Streams of every shape over real sockets, in Clearspan frames. */
class StreamsTest {
  private final StreamService service = new StreamService();
  private final RecordingLedger ledger = new RecordingLedger();
  private RpcServer server;
  private RpcChannel channel;

  @BeforeEach
  void start() {
    server = RpcServer.builder("streams").service(service).start();
    channel =
        RpcChannel.builder("streams").target("127.0.0.1", server.port()).ledger(ledger).build();
  }

  @AfterEach
  void nothingStaysInFlight() {
    channel.close();
    await().until(() -> server.inFlight() == 0);
    server.close();
  }

  static List<MethodSpec<String, String>> joins() {
    return List.of(StreamService.JOIN, StreamService.ASYNC_JOIN);
  }

  static List<MethodSpec<String, String>> counts() {
    return List.of(StreamService.COUNT, StreamService.ASYNC_COUNT);
  }

  static List<MethodSpec<String, String>> shouts() {
    return List.of(StreamService.SHOUT, StreamService.ASYNC_SHOUT);
  }

  static List<MethodSpec<String, String>> echoes() {
    return List.of(StreamService.ECHO, StreamService.ASYNC_ECHO);
  }

  @ParameterizedTest
  @MethodSource("joins")
  void manyRequestsOneReply(MethodSpec<String, String> method) {
    try (RpcStream<String, String> stream = channel.open(method, CallOptions.DEFAULT)) {
      for (int i = 0; i < 500; i++) {
        stream.send(String.valueOf(i));
      }
      stream.finish();

      assertThat(stream.receive()).isEqualTo(joined(0, 500));
      assertThat(stream.receive()).isNull();
    }
  }

  @ParameterizedTest
  @MethodSource("counts")
  void oneRequestManyReplies(MethodSpec<String, String> method) {
    try (RpcStream<String, String> stream = channel.open(method, CallOptions.DEFAULT)) {
      stream.send("5000");
      stream.finish();

      assertThat(String.join(",", rest(stream))).isEqualTo(joined(1, 5_001));
    }
  }

  @ParameterizedTest
  @MethodSource("shouts")
  void requestAndReplyByTurns(MethodSpec<String, String> method) {
    try (RpcStream<String, String> stream = channel.open(method, CallOptions.DEFAULT)) {
      for (int i = 0; i < 100; i++) {
        stream.send("word " + i);
        assertThat(stream.receive()).isEqualTo("WORD " + i);
      }
      stream.finish();
      assertThat(stream.receive()).isNull();
    }
  }

  @ParameterizedTest
  @MethodSource("echoes")
  void aUnaryMethodMayBeOpenedAndItsHandlerBeAStream(MethodSpec<String, String> method) {
    assertThat(channel.call(method, "hey", CallOptions.DEFAULT)).isEqualTo("HEY");
    try (RpcStream<String, String> stream = channel.open(method, CallOptions.DEFAULT)) {
      stream.send("you");
      stream.finish();
      assertThat(stream.receive()).isEqualTo("YOU");
      assertThat(stream.receive()).isNull();
    }
  }

  @Test
  void messagesLargerThanAnyWindowAreSentInPiecesAndComeBackWhole() {
    CallOptions patient = CallOptions.DEFAULT.withDeadline(Duration.ofSeconds(60));
    String large = "abcdefgh".repeat(400_000);
    try (RpcStream<String, String> stream = channel.open(StreamService.SHOUT, patient)) {
      for (int i = 0; i < 3; i++) {
        stream.send(large + i);
        stream.send("");
        assertThat(stream.receive()).isEqualTo("ABCDEFGH".repeat(400_000) + i);
        assertThat(stream.receive()).isEmpty();
      }
      stream.finish();
      assertThat(stream.receive()).isNull();
    }
  }

  @Test
  void aReceiverHearsHeadersMessagesAndTrailersInOrder() {
    Heard<String> heard = new Heard<>();
    StreamSender<String> sender =
        channel.open(StreamService.ASYNC_COUNT, CallOptions.DEFAULT, heard);
    sender.send("3");
    sender.finish();
    await().until(() -> !heard.headers.isEmpty());
    assertThat(heard.messages).isEmpty();

    sender.request(2);
    heard.awaitMessages(2);
    assertThat(heard.end).isNotDone();
    sender.request(2);

    assertThat(heard.failure()).isNull();
    assertThat(heard.messages).containsExactly("1", "2", "3");
    assertThat(heard.headers).containsExactly(Metadata.EMPTY.with("counted-by", "test"));
  }

  @Test
  void trailersComeWithTheEnd() {
    List<Metadata> trailers = new ArrayList<>();
    ReplyMetadata replyMetadata =
        new ReplyMetadata() {
          @Override
          public void trailers(Metadata value) {
            trailers.add(value);
          }
        };
    CallOptions options = CallOptions.DEFAULT.withReplyMetadata(replyMetadata);
    try (RpcStream<String, String> stream = channel.open(StreamService.ASYNC_JOIN, options)) {
      stream.send("a");
      stream.finish();
      assertThat(rest(stream)).containsExactly("a");
    }
    assertThat(trailers).containsExactly(Metadata.EMPTY.with("joined", "1"));
  }

  @Test
  void aHandlersFailureComesAfterItsMessages() {
    try (RpcStream<String, String> stream = channel.open(StreamService.FAIL, CallOptions.DEFAULT)) {
      assertThat(stream.receive()).isEqualTo("partial");
      RpcException failure = catchThrowableOfType(RpcException.class, stream::receive);

      assertThat(failure.code()).isEqualTo(Code.NOT_FOUND);
      assertThat(failure.origin()).isEqualTo(RpcException.Origin.REMOTE);
      assertThat(failure.metadata().first("hint")).isEqualTo("try another");
      assertThat(failure).hasMessageContaining("test.Streams/Fail").hasMessageContaining("trace=");
    }
  }

  @Test
  void cancellingReachesTheHandlerAndEndsTheCall() {
    Heard<String> heard = new Heard<>();
    StreamSender<String> sender = channel.open(StreamService.WAIT, CallOptions.DEFAULT, heard);
    await().until(() -> service.begun.get() == 1);

    sender.cancel("had enough");

    RpcException failure = heard.failure();
    assertThat(failure).isNotNull();
    assertThat(failure.code()).isEqualTo(Code.CANCELLED);
    assertThat(failure).hasMessageContaining("had enough");
    await().until(() -> service.cancelled.get() == 1);
  }

  @Test
  void closingTheStreamCancelsTheCall() {
    try (RpcStream<String, String> stream = channel.open(StreamService.WAIT, CallOptions.DEFAULT)) {
      await().until(() -> service.begun.get() == 1);
    }
    await().until(() -> service.cancelled.get() == 1);
  }

  @Test
  void anInterruptedReaderCancelsTheCall() throws Exception {
    CompletableFuture<@Nullable Throwable> seen = new CompletableFuture<>();
    Thread reader =
        new Thread(
            () -> {
              RpcStream<String, String> stream =
                  channel.open(StreamService.WAIT, CallOptions.DEFAULT);
              try {
                String unused = stream.receive();
                seen.complete(null);
              } catch (RpcException e) {
                seen.complete(e);
              }
            });
    reader.start();
    await().until(() -> service.begun.get() == 1);
    reader.interrupt();

    assertThat(seen.get()).isInstanceOf(RpcException.class).hasMessageContaining("CANCELLED");
    await().until(() -> service.cancelled.get() == 1);
  }

  @Test
  void aDeadlineEndsTheStreamOnBothSides() {
    CallOptions hasty = CallOptions.DEFAULT.withDeadline(Duration.ofMillis(300));
    try (RpcStream<String, String> stream = channel.open(StreamService.WAIT, hasty)) {
      RpcException failure = catchThrowableOfType(RpcException.class, stream::receive);
      assertThat(failure.code()).isEqualTo(Code.DEADLINE_EXCEEDED);
    }
    await().until(() -> service.cancelled.get() == 1);
  }

  @Test
  void aHandlerThatEndsEarlyStopsTheSender() {
    Heard<String> heard = new Heard<>();
    StreamSender<String> sender = channel.open(StreamService.FAIL, CallOptions.DEFAULT, heard);
    sender.request(1);
    heard.awaitMessages(1);
    for (int i = 0; i < 1000; i++) {
      sender.send("x".repeat(10_000));
    }
    sender.request(1);
    assertThat(heard.failure()).isNotNull();
    sender.send("dropped");
    assertThat(sender.isReady()).isFalse();
  }

  @Test
  void aLostConnectionEndsStreamsAndNothingIsRepeated() {
    Heard<String> heard = new Heard<>();
    StreamSender<String> sender = channel.open(StreamService.WAIT, CallOptions.DEFAULT, heard);
    sender.request(1);
    await().until(() -> service.begun.get() == 1);

    server.stop(Duration.ofMillis(1));

    RpcException failure = heard.failure();
    assertThat(failure).isNotNull();
    assertThat(failure.code()).isEqualTo(Code.UNAVAILABLE);
    assertThat(service.begun).hasValue(1);
  }

  @Test
  void aDrainingServerLetsItsStreamsFinish() {
    CallOptions patient = CallOptions.DEFAULT.withDeadline(Duration.ofSeconds(30));
    try (RpcStream<String, String> stream = channel.open(StreamService.SHOUT, patient)) {
      stream.send("before");
      assertThat(stream.receive()).isEqualTo("BEFORE");
      CompletableFuture<Void> stopping =
          CompletableFuture.runAsync(() -> server.stop(Duration.ofSeconds(20)));
      await().untilAsserted(this::newStreamsAreTurnedAway);

      stream.send("after");
      assertThat(stream.receive()).isEqualTo("AFTER");
      stream.finish();
      assertThat(stream.receive()).isNull();
      stopping.join();
    }
  }

  private void newStreamsAreTurnedAway() {
    Heard<String> late = new Heard<>();
    StreamSender<String> sender =
        channel.open(
            StreamService.WAIT, CallOptions.DEFAULT.withDeadline(Duration.ofMillis(200)), late);
    assertThat(late.failure()).isNotNull();
    assertThat(late.failure().code()).isEqualTo(Code.UNAVAILABLE);
    assertThat(sender.isReady()).isFalse();
  }

  @Test
  void aShapeTheServerDoesNotHaveIsAClearError() {
    MethodSpec<String, String> asBidi = StreamService.method("Count", MethodShape.BIDI_STREAMING);
    MethodSpec<String, String> asUnary = StreamService.method("Count", MethodShape.UNARY);
    try (RpcStream<String, String> stream = channel.open(asBidi, CallOptions.DEFAULT)) {
      assertThatThrownBy(stream::receive)
          .hasMessageContaining("UNIMPLEMENTED")
          .hasMessageContaining("test.Streams/Count is SERVER_STREAMING")
          .hasMessageContaining("BIDI_STREAMING");
    }
    assertThatThrownBy(() -> channel.call(asUnary, "1", CallOptions.DEFAULT))
        .hasMessageContaining("test.Streams/Count is SERVER_STREAMING (called as: UNARY)");
  }

  @Test
  void aMessageThatCannotBeSentIsToldAndTheCallGoesOn() {
    try (RpcStream<String, String> stream =
        channel.open(StreamService.SHOUT, CallOptions.DEFAULT)) {
      assertThatThrownBy(() -> stream.send("?")).hasMessageContaining("INTERNAL");
      assertThatThrownBy(() -> stream.send("x".repeat((4 << 20) + 1)))
          .hasMessageContaining("RESOURCE_EXHAUSTED")
          .hasMessageContaining("4194305 bytes (expected: <= 4194304)");
      stream.send("fine");
      assertThat(stream.receive()).isEqualTo("FINE");
      stream.finish();
      assertThat(stream.receive()).isNull();
    }
  }

  @Test
  void theLedgerHasOneAttemptAndOneCall() {
    try (RpcStream<String, String> stream = channel.open(StreamService.JOIN, CallOptions.DEFAULT)) {
      stream.send("four");
      stream.finish();
      assertThat(rest(stream)).containsExactly("four");
    }
    List<AttemptRecord> attempts = ledger.last().attempts();
    assertThat(ledger.calls()).hasSize(1);
    assertThat(attempts).hasSize(1);
    assertThat(attempts.get(0).requestBytes()).isEqualTo(4);
    assertThat(attempts.get(0).responseBytes()).isEqualTo(4);
    assertThat(attempts.get(0).outcome()).isEqualTo("OK");
    assertThat(ledger.last().end().attempts()).isEqualTo(1);
  }

  private static List<String> rest(RpcStream<?, String> stream) {
    List<String> all = new ArrayList<>();
    String next;
    while ((next = stream.receive()) != null) {
      all.add(next);
    }
    return all;
  }

  private static String joined(int from, int to) {
    return String.join(",", IntStream.range(from, to).mapToObj(String::valueOf).toList());
  }
}
