package dev.clearspan.rpc.internal.inprocess;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;

import dev.clearspan.rpc.Call;
import dev.clearspan.rpc.CallOptions;
import dev.clearspan.rpc.Incoming;
import dev.clearspan.rpc.Metadata;
import dev.clearspan.rpc.MethodKind;
import dev.clearspan.rpc.MethodShape;
import dev.clearspan.rpc.MethodSpec;
import dev.clearspan.rpc.Outgoing;
import dev.clearspan.rpc.ReplyMetadata;
import dev.clearspan.rpc.RpcChannel;
import dev.clearspan.rpc.RpcException;
import dev.clearspan.rpc.RpcServer;
import dev.clearspan.rpc.RpcStream;
import dev.clearspan.rpc.ServiceDefinition;
import dev.clearspan.rpc.ServiceDefinition.BoundMethod;
import dev.clearspan.rpc.Status;
import dev.clearspan.rpc.TextCodec;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Streams between a channel and a server of one process. */
class InProcessStreamTest {
  private static final MethodSpec<String, String> COUNT =
      method("Count", MethodShape.SERVER_STREAMING);
  private static final MethodSpec<String, String> JOIN =
      method("Join", MethodShape.CLIENT_STREAMING);
  private static final MethodSpec<String, String> ECHO = method("Echo", MethodShape.BIDI_STREAMING);
  private static final MethodSpec<String, String> ONE = method("One", MethodShape.UNARY);
  private static final CallOptions PATIENT =
      CallOptions.DEFAULT.withDeadline(Duration.ofSeconds(20));

  private final AtomicInteger sent = new AtomicInteger();
  private final CountDownLatch gaveUp = new CountDownLatch(1);
  private RpcServer server;
  private RpcChannel channel;

  private static MethodSpec<String, String> method(String name, MethodShape shape) {
    TextCodec codec = new TextCodec();
    return new MethodSpec<>("test.Text/" + name, shape, MethodKind.WRITE, false, codec, codec);
  }

  @BeforeEach
  void start() {
    server =
        RpcServer.builder("text")
            .service(
                () ->
                    new ServiceDefinition(
                        "test.Text",
                        List.of(
                            BoundMethod.serverStreaming(COUNT, this::count),
                            BoundMethod.clientStreaming(JOIN, this::join),
                            BoundMethod.bidiStreaming(ECHO, this::echo),
                            BoundMethod.unary(ONE, text -> text + "!")),
                        null))
            .start();
    channel = RpcChannel.builder("text").inProcess(server).build();
  }

  @AfterEach
  void stop() {
    channel.close();
    server.close();
  }

  private void count(String upTo, Outgoing<String> replies) {
    Call call = Objects.requireNonNull(Call.current());
    call.setHeaders(Metadata.EMPTY.with("first", "1"));
    call.setTrailers(Metadata.EMPTY.with("last", upTo));
    try {
      for (int i = 1; i <= Integer.parseInt(upTo); i++) {
        replies.send("x".repeat(1_000) + i);
        sent.incrementAndGet();
      }
    } catch (RpcException e) {
      gaveUp.countDown();
      throw e;
    }
  }

  private String join(Incoming<String> requests) {
    return String.join(",", requests);
  }

  private void echo(Incoming<String> requests, Outgoing<String> replies) {
    for (String each : requests) {
      if (each.equals("stop")) {
        throw new RpcException(Status.Code.ABORTED, "as you wish");
      }
      replies.send(each);
    }
  }

  @Test
  void everyShapeStreams() {
    try (Incoming<String> numbers = channel.stream(COUNT, "500", PATIENT)) {
      List<String> all = new ArrayList<>();
      numbers.forEach(all::add);
      assertThat(all).hasSize(500);
    }
    try (RpcStream<String, String> join = channel.open(JOIN, PATIENT)) {
      join.send("a");
      join.send("b");
      assertThat(join.finishAndReceive()).isEqualTo("a,b");
    }
    try (RpcStream<String, String> echo = channel.open(ECHO, PATIENT)) {
      for (String each : List.of("a", "b", "c")) {
        echo.send(each);
        assertThat(echo.receive()).isEqualTo(each);
      }
      echo.finish();
      assertThat(echo.receive()).isNull();
    }
    await().untilAsserted(() -> assertThat(server.inFlight()).isZero());
  }

  @Test
  void aUnaryMethodCanBeOpened() {
    try (RpcStream<String, String> one = channel.open(ONE, PATIENT)) {
      one.send("a");
      assertThat(one.finishAndReceive()).isEqualTo("a!");
    }
  }

  @Test
  void metadataIsHeardAheadOfTheMessagesThatAreTaken() {
    List<String> heard = new CopyOnWriteArrayList<>();
    CallOptions options =
        PATIENT.withReplyMetadata(
            new ReplyMetadata() {
              @Override
              public void headers(Metadata headers) {
                heard.add("headers " + headers.first("first"));
              }

              @Override
              public void trailers(Metadata trailers) {
                heard.add("trailers " + trailers.first("last"));
              }
            });
    try (Incoming<String> numbers = channel.stream(COUNT, "2", options)) {
      numbers.forEach(number -> heard.add("message"));
    }

    assertThat(heard)
        .startsWith("headers 1")
        .containsExactlyInAnyOrder("headers 1", "message", "message", "trailers 2");
  }

  @Test
  void aSlowReaderHoldsTheHandlerBack() throws Exception {
    try (Incoming<String> numbers = channel.stream(COUNT, "1000000", PATIENT)) {
      assertThat(numbers.receive()).endsWith("1");
      await().until(() -> sent.get() > 10);
      await().during(200, TimeUnit.MILLISECONDS).until(() -> sent.get() < 1_000);
    }
    assertThat(gaveUp.await(20, TimeUnit.SECONDS)).isTrue();
  }

  @Test
  void aHandlersFailureComesAfterWhatItSent() {
    try (RpcStream<String, String> echo = channel.open(ECHO, PATIENT)) {
      echo.send("a");
      echo.send("stop");
      assertThat(echo.receive()).isEqualTo("a");
      RpcException error = catchThrowableOfType(RpcException.class, echo::receive);
      assertThat(error.code()).isEqualTo(Status.Code.ABORTED);
      assertThat(error).hasMessageContaining("as you wish");
    }
  }

  @Test
  void theDeadlineEndsAStreamOnBothSides() throws Exception {
    CallOptions hasty = CallOptions.DEFAULT.withDeadline(Duration.ofMillis(300));
    try (Incoming<String> numbers = channel.stream(COUNT, "1000000", hasty)) {
      RpcException error =
          catchThrowableOfType(
              RpcException.class,
              () -> {
                assertThat(numbers.receive()).isNotNull();
                assertThat(gaveUp.await(20, TimeUnit.SECONDS)).isTrue();
                numbers.forEach(each -> {});
              });
      assertThat(error.code()).isEqualTo(Status.Code.DEADLINE_EXCEEDED);
    }
  }
}
