package dev.clearspan.rpc.internal.http2;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.google.protobuf.ByteString;
import com.google.protobuf.BytesValue;
import dev.clearspan.rpc.Deadline;
import dev.clearspan.rpc.Metadata;
import dev.clearspan.rpc.MethodKind;
import dev.clearspan.rpc.MethodShape;
import dev.clearspan.rpc.MethodSpec;
import dev.clearspan.rpc.ProtobufCodec;
import dev.clearspan.rpc.RpcException;
import dev.clearspan.rpc.Status.Code;
import dev.clearspan.rpc.StreamSender;
import dev.clearspan.rpc.internal.transport.AttemptResult;
import dev.clearspan.rpc.internal.transport.ConnectionState;
import dev.clearspan.rpc.internal.transport.HeardStream;
import dev.clearspan.rpc.internal.transport.StreamRequest;
import dev.clearspan.rpc.server.TestCaller;
import io.netty.handler.codec.http2.Http2Error;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Streams over HTTP/2 against a server that does as the test says. */
class GrpcStreamTest {
  private static final Duration LONG = Duration.ofSeconds(20);
  private static final MethodSpec<BytesValue, BytesValue> CHAT = method(MethodShape.BIDI_STREAMING);
  private static final MethodSpec<BytesValue, BytesValue> UPLOAD =
      method(MethodShape.CLIENT_STREAMING);
  private static final int CHUNK = 64 * 1024;

  private final List<ScriptedServer.Request> begun = new CopyOnWriteArrayList<>();
  private final HeardStream<BytesValue> heard = new HeardStream<>();
  private final ScriptedServer server = ScriptedServer.answering(request -> {}).begun(begun::add);
  private final TestCaller caller = TestCaller.overGrpc(server.port());

  @AfterEach
  void stop() {
    caller.close();
    server.close();
  }

  @Test
  void messagesComeOnlyWhenRequestedAndTheStatusAfterThem() throws Exception {
    StreamSender<BytesValue> stream = open(CHAT);
    ScriptedServer.Request request = firstRequest();
    request.ok().message(chunk(1)).message(chunk(2)).trailers("grpc-status", "5");

    await().until(() -> heard.headers.size() == 1);
    assertThat(heard.messages).isEmpty();
    stream.request(1);
    await().until(() -> heard.messages.size() == 1);
    assertThat(heard.hasEnded()).isFalse();
    stream.request(1);
    AttemptResult<BytesValue> result = heard.await(LONG);
    assertThat(heard.messages).hasSize(2);
    assertThat(result.status().code()).isEqualTo(Code.NOT_FOUND);
    assertThat(caller.connection.inFlight()).isZero();
  }

  @Test
  void aReaderThatStopsHoldsNoMoreThanAWindow() throws Exception {
    StreamSender<BytesValue> stream = open(CHAT);
    ScriptedServer.Request request = firstRequest().ok();
    for (int i = 0; i < 64; i++) {
      request.message(chunk(CHUNK));
    }
    request.trailers("grpc-status", "0");
    await().until(() -> server.bytesWritten() > 512 * 1024);
    await()
        .during(Duration.ofMillis(300))
        .atMost(LONG)
        .until(() -> server.bytesWritten() < 1_300_000);

    stream.request(100);
    assertThat(heard.await(LONG).status().isOk()).isTrue();
    assertThat(heard.messages).hasSize(64);
  }

  @Test
  void aSenderIsReadyAsLongAsTheServersWindowTakesIt() throws Exception {
    StreamSender<BytesValue> stream = open(CHAT);
    ScriptedServer.Request request = firstRequest();
    assertThat(stream.isReady()).isTrue();
    for (int i = 0; i < 4; i++) {
      stream.send(BytesValue.of(ByteString.copyFrom(new byte[CHUNK])));
    }
    assertThat(stream.isReady()).isFalse();
    await().until(() -> server.bytesRead() >= CHUNK - 1);
    assertThat(heard.readies).hasValue(0);

    request.widen();
    await().until(() -> heard.readies.get() == 1);
    assertThat(stream.isReady()).isTrue();
    stream.cancel("enough");
    assertThat(heard.await(LONG)).isInstanceOf(AttemptResult.Cancelled.class);
    assertThat(stream.isReady()).isFalse();
    await().until(() -> server.resets.contains(Http2Error.CANCEL.code()));
  }

  @Test
  void whatIsSentBeforeTheConnectionIsThereWaits() throws Exception {
    StreamSender<BytesValue> stream = open(UPLOAD);
    stream.send(BytesValue.of(ByteString.copyFromUtf8("one")));
    stream.finish();
    stream.finish();
    stream.request(2);
    assertThatThrownBy(() -> stream.send(BytesValue.getDefaultInstance()))
        .isInstanceOf(IllegalStateException.class);
    firstRequest().ok().message(chunk(3)).trailers("grpc-status", "0", "x", "y");

    AttemptResult<BytesValue> result = heard.await(LONG);
    assertThat(result.status().isOk()).isTrue();
    assertThat(((AttemptResult.Replied<BytesValue>) result).metadata().first("x")).isEqualTo("y");
    assertThat(heard.messages).hasSize(1);
    await().until(() -> server.bytesRead() == 10);
  }

  @Test
  void aServerThatEndsEarlyStopsTheSender() throws Exception {
    StreamSender<BytesValue> stream = open(CHAT);
    firstRequest().headers(true, "200", "content-type", "application/grpc", "grpc-status", "8");

    assertThat(heard.await(LONG).status().code()).isEqualTo(Code.RESOURCE_EXHAUSTED);
    stream.send(BytesValue.getDefaultInstance());
    await().until(() -> server.resets.contains(Http2Error.CANCEL.code()));
  }

  @Test
  void oneReplyMeansOne() throws Exception {
    StreamSender<BytesValue> stream = open(UPLOAD);
    stream.request(5);
    firstRequest().ok().message(chunk(1)).message(chunk(1)).trailers("grpc-status", "0");

    AttemptResult<BytesValue> result = heard.await(LONG);
    assertThat(result.status().code()).isEqualTo(Code.INTERNAL);
    assertThat(result.status().message()).contains("more than 1 message (expected: 1)");
  }

  @Test
  void aMessageOverTheLimitIsNotSentAndTheCallGoesOn() throws Exception {
    StreamSender<BytesValue> stream = open(CHAT);
    ScriptedServer.Request request = firstRequest();
    BytesValue large = BytesValue.of(ByteString.copyFrom(new byte[5 * 1024 * 1024]));
    assertThatThrownBy(() -> stream.send(large))
        .isInstanceOf(RpcException.class)
        .hasMessageContaining("(expected: <= 4194304)");
    stream.request(1);
    request.ok().trailers("grpc-status", "0");
    assertThat(heard.await(LONG).status().isOk()).isTrue();
  }

  @Test
  void cancellingWhileRepliesWaitForTheReaderIsHeardAtOnce() throws Exception {
    StreamSender<BytesValue> stream = open(CHAT);
    firstRequest().ok().message(chunk(1)).trailers("grpc-status", "0");
    await().until(() -> caller.connection.inFlight() == 0);

    stream.cancel("no longer wanted");
    assertThat(heard.await(LONG)).isInstanceOf(AttemptResult.Cancelled.class);
    assertThat(heard.messages).isEmpty();
  }

  private StreamSender<BytesValue> open(MethodSpec<BytesValue, BytesValue> method) {
    return caller.connection.open(
        new StreamRequest<>(
            method, Metadata.EMPTY, Deadline.after(LONG, System.nanoTime()), 1, TestCaller.TRACE),
        heard);
  }

  private ScriptedServer.Request firstRequest() {
    await().atMost(LONG).until(() -> !begun.isEmpty());
    assertThat(caller.connection.state()).isEqualTo(ConnectionState.READY);
    return begun.get(0);
  }

  private static byte[] chunk(int size) {
    return BytesValue.of(ByteString.copyFrom(new byte[size])).toByteArray();
  }

  private static MethodSpec<BytesValue, BytesValue> method(MethodShape shape) {
    ProtobufCodec<BytesValue> codec = ProtobufCodec.of(BytesValue.getDefaultInstance());
    return new MethodSpec<>(
        "test.Streams/" + shape, shape, MethodKind.EXTERNAL, false, codec, codec);
  }
}
