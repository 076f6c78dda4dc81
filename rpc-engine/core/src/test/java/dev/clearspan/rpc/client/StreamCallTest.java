package dev.clearspan.rpc.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.clearspan.rpc.CallOptions;
import dev.clearspan.rpc.CallSpec;
import dev.clearspan.rpc.Interceptor;
import dev.clearspan.rpc.Metadata;
import dev.clearspan.rpc.MethodKind;
import dev.clearspan.rpc.MethodShape;
import dev.clearspan.rpc.MethodSpec;
import dev.clearspan.rpc.RpcException;
import dev.clearspan.rpc.Status;
import dev.clearspan.rpc.Status.Code;
import dev.clearspan.rpc.StreamSender;
import dev.clearspan.rpc.TextCodec;
import dev.clearspan.rpc.endtoend.Heard;
import dev.clearspan.rpc.internal.transport.AttemptResult;
import dev.clearspan.rpc.internal.transport.FakeStream;
import dev.clearspan.rpc.ledger.AttemptKind;
import dev.clearspan.rpc.ledger.AttemptRecord;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A streaming call's life, without a network. */
class StreamCallTest extends ChannelFixture {
  private static final MethodSpec<String, String> TALK =
      new MethodSpec<>(
          "shop.Payments/Talk",
          MethodShape.BIDI_STREAMING,
          MethodKind.WRITE,
          false,
          new TextCodec(),
          new TextCodec());

  private final Heard<String> heard = new Heard<>();

  @BeforeEach
  void twoInstances() {
    registry.put(1, 2);
    roundRobin();
  }

  @Test
  void messagesGoToOneEndpointAndComeBack() {
    StreamSender<String> sender = talk();
    sender.request(3);
    sender.send("a");
    sender.finish();
    FakeStream<?, String> stream = only();
    stream.listener.headers(Metadata.EMPTY.with("k", "v"));
    stream.listener.message("A");
    stream.end(ok());

    assertThat(stream.sent).isEqualTo(java.util.List.of("a"));
    assertThat(stream.finished).isTrue();
    assertThat(stream.requested).isEqualTo(3);
    assertThat(heard.messages).containsExactly("A");
    assertThat(heard.headers).containsExactly(Metadata.EMPTY.with("k", "v"));
    assertThat(heard.failure()).isNull();
    assertThat(ledger.last().end().attempts()).isEqualTo(1);
  }

  @Test
  void whatNoHandlerSawIsSentAgainElsewhere() {
    StreamSender<String> sender = talk();
    sender.request(2);
    sender.send("a");
    sender.send("b");
    only().end(new AttemptResult.Refused<>(Status.of(Code.UNAVAILABLE, "draining"), 2));

    FakeStream<?, String> again = newest();
    sender.send("c");
    sender.finish();
    assertThat(again.sent).isEqualTo(java.util.List.of("a", "b", "c"));
    assertThat(again.requested).isEqualTo(2);
    again.end(ok());

    assertThat(heard.failure()).isNull();
    assertThat(ledger.last().attempts())
        .extracting(AttemptRecord::kind)
        .containsExactly(AttemptKind.FIRST, AttemptKind.TRANSPARENT);
    assertThat(ledger.last().attempts())
        .extracting(AttemptRecord::peerInstance)
        .doesNotHaveDuplicates();
  }

  @Test
  void whatWasHeardIsNeverRepeated() {
    StreamSender<String> sender = talk();
    sender.send("a");
    FakeStream<?, String> stream = only();
    stream.listener.headers(Metadata.EMPTY);
    stream.end(new AttemptResult.Refused<>(Status.of(Code.UNAVAILABLE, "draining"), 1));

    assertThat(failure().code()).isEqualTo(Code.UNAVAILABLE);
    assertThat(streams()).isEqualTo(1);
  }

  @Test
  void whatDoesNotFitTheBufferIsNotRepeated() {
    StreamSender<String> sender = talk();
    sender.send("x".repeat(Outgoing.MOST_KEPT_BYTES));
    sender.send("y");
    only().end(new AttemptResult.NotSent<>(Status.of(Code.UNAVAILABLE, "not connected")));

    assertThat(failure().code()).isEqualTo(Code.UNAVAILABLE);
    assertThat(streams()).isEqualTo(1);
  }

  @Test
  void aLostConnectionEndsTheStream() {
    talk().send("a");
    only().end(new AttemptResult.Unknown<>(Status.of(Code.UNAVAILABLE, "reset"), 1));

    assertThat(failure().code()).isEqualTo(Code.UNAVAILABLE);
    assertThat(ledger.last().attempts().get(0).outcome()).isEqualTo("UNKNOWN");
    assertThat(streams()).isEqualTo(1);
  }

  @Test
  void faultsHoldForStreamsToo() {
    policy(
        """
        {"service": {"fault": {"faults": [{"share": 1, "abort": "ABORTED",
           "since": "2026-01-01T00:00:00Z", "until": "2026-01-01T00:01:00Z"}]}}}
        """);
    talk();
    assertThat(failure().code()).isEqualTo(Code.ABORTED);
    assertThat(streams()).isZero();
  }

  @Test
  void routesHoldForStreamsToo() {
    policy(
        """
        {"service": {"route": {"rules": [
           {"splits": [{"percent": 100, "version": "2", "strict": true}]}]}}}
        """);
    talk();
    assertThat(failure()).hasMessageContaining("no usable instance of payments has version 2");
    assertThat(streams()).isZero();
  }

  @Test
  void cancelEndsTheAttemptAndTheCall() {
    StreamSender<String> sender = talk();
    sender.cancel("had enough");

    assertThat(failure().code()).isEqualTo(Code.CANCELLED);
    assertThat(failure()).hasMessageContaining("had enough");
    assertThat(ledger.last().attempts().get(0).outcome()).isEqualTo("CANCELLED");
    sender.send("dropped");
    assertThat(sender.isReady()).isFalse();
  }

  @Test
  void theDeadlineEndsTheCall() {
    talk();
    clock.advance(Duration.ofSeconds(4));

    assertThat(failure().code()).isEqualTo(Code.DEADLINE_EXCEEDED);
    assertThat(failure()).hasMessageContaining("deadline of 3000.0 ms passed on a stream to");
  }

  @Test
  void closingTheChannelEndsAStreamThatWaitsForInstances() {
    StreamSender<String> sender =
        channel().open(TALK, CallOptions.DEFAULT.withDeadline(Duration.ofSeconds(1)), heard);
    sender.send("a");
    channel().close();
    only().end(new AttemptResult.Unknown<>(Status.of(Code.UNAVAILABLE, "closed"), 1));
    assertThat(failure().code()).isEqualTo(Code.CANCELLED);
  }

  @Test
  void interceptorsMayChangeOrRefuseTheCall() {
    open(builder -> builder.interceptor(new Tagging()));
    channel().open(TALK, CallOptions.DEFAULT, heard);
    assertThat(only().request.metadata().first("tag")).isEqualTo("on");

    Heard<String> refused = new Heard<>();
    channel()
        .open(TALK, CallOptions.DEFAULT.withMetadata(Metadata.EMPTY.with("bad", "yes")), refused);
    assertThat(refused.failure()).hasMessageContaining("PERMISSION_DENIED: not you");
    assertThat(refused.failure()).hasMessageContaining("stage=tagging");
    assertThat(streams()).isEqualTo(1);
  }

  @Test
  void anInterceptorThatReturnsNullIsNamed() {
    open(builder -> builder.interceptor(new Tagging()));
    channel()
        .open(TALK, CallOptions.DEFAULT.withMetadata(Metadata.EMPTY.with("lost", "yes")), heard);

    assertThat(heard.failure()).hasMessageContaining("interceptor tagging returned null");
    assertThat(streams()).isZero();
  }

  @Test
  void aMessageThatCannotBeEncodedIsRefusedAndTheCallGoesOn() {
    StreamSender<String> sender = talk();
    assertThatThrownBy(() -> sender.send("?")).hasMessageContaining("INTERNAL");
    sender.send("fine");
    assertThat(only().sent).isEqualTo(java.util.List.of("fine"));
  }

  @Test
  void afterFinishNothingMayBeSent() {
    StreamSender<String> sender = talk();
    sender.finish();
    sender.finish();
    assertThatThrownBy(() -> sender.send("late")).isInstanceOf(IllegalStateException.class);
    assertThatThrownBy(() -> sender.request(0)).isInstanceOf(IllegalArgumentException.class);
  }

  private StreamSender<String> talk() {
    return channel().open(TALK, CallOptions.DEFAULT, heard);
  }

  private int streams() {
    return peer(1).streams().size() + peer(2).streams().size();
  }

  private FakeStream<?, String> only() {
    assertThat(streams()).isEqualTo(1);
    return newest();
  }

  @SuppressWarnings("unchecked") // all streams here are of TALK
  private FakeStream<?, String> newest() {
    var first = peer(1).streams();
    var second = peer(2).streams();
    boolean inFirst =
        second.isEmpty() || (!first.isEmpty() && first.get(first.size() - 1).request.attempt() > 1);
    return (FakeStream<?, String>)
        (inFirst ? first.get(first.size() - 1) : second.get(second.size() - 1));
  }

  private RpcException failure() {
    RpcException failure = heard.failure();
    assertThat(failure).isNotNull();
    return failure;
  }

  private static AttemptResult<String> ok() {
    return new AttemptResult.Replied<>(Status.OK, null, Metadata.EMPTY, false, 1, 1, 1, 1);
  }

  private static final class Tagging implements Interceptor {
    @Override
    public String name() {
      return "tagging";
    }

    @Override
    public String description() {
      return "Tags calls.";
    }

    @Override
    public <Q, R> CompletionStage<R> intercept(CallSpec<Q, R> call, Q request, Next<Q, R> next) {
      return CompletableFuture.failedFuture(new AssertionError("not a unary call"));
    }

    @Override
    @SuppressWarnings("NullAway") // one call is lost on purpose
    public <Q, R> CallSpec<Q, R> open(CallSpec<Q, R> call) {
      if (call.metadata().first("lost") != null) {
        return null;
      }
      if (call.metadata().first("bad") != null) {
        throw new RpcException(Code.PERMISSION_DENIED, "not you");
      }
      return call.withMetadata(call.metadata().with("tag", "on"));
    }
  }
}
