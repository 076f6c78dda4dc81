package dev.clearspan.rpc.client;

import static org.assertj.core.api.Assertions.assertThat;

import dev.clearspan.rpc.Call;
import dev.clearspan.rpc.CallOptions;
import dev.clearspan.rpc.CallSpec;
import dev.clearspan.rpc.CurrentCall;
import dev.clearspan.rpc.Deadline;
import dev.clearspan.rpc.Metadata;
import dev.clearspan.rpc.RpcException;
import dev.clearspan.rpc.RpcException.Origin;
import dev.clearspan.rpc.Status.Code;
import dev.clearspan.rpc.internal.transport.AttemptRequest;
import dev.clearspan.rpc.internal.transport.FakeTransport;
import dev.clearspan.rpc.ledger.AttemptKind;
import dev.clearspan.rpc.ledger.AttemptRecord;
import dev.clearspan.rpc.retry.Pushback;
import dev.clearspan.rpc.retry.RetryMark;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class UnaryCallTest extends ChannelFixture {
  @Test
  void oneAttemptAnswersAndIsRecordedOnce() {
    registry.put(1);

    assertThat(call(GET)).isEqualTo("ping");

    assertThat(ledger.last().attempts())
        .singleElement()
        .satisfies(
            attempt -> {
              assertThat(attempt.kind()).isEqualTo(AttemptKind.FIRST);
              assertThat(attempt.outcome()).isEqualTo("OK");
              assertThat(attempt.peerInstance()).isEqualTo("i-1");
              assertThat(attempt.peerAddress()).isEqualTo("10.0.0.1:1");
              assertThat(attempt.errorType()).isNull();
              assertThat(attempt.serverNanos()).isEqualTo(1_000);
            });
    assertThat(ledger.last().end().attempts()).isEqualTo(1);
    assertThat(sample("clearspan.client.call.active")).isZero();
  }

  @Test
  void aStatusOfTheServerReachesTheCallerWithTheWholeCallSite() {
    registry.put(1);
    peer(1).answers(FakeTransport.status(Code.NOT_FOUND));

    RpcException error = failure(GET);

    assertThat(error.code()).isEqualTo(Code.NOT_FOUND);
    assertThat(error.origin()).isEqualTo(Origin.REMOTE);
    assertThat(error)
        .hasMessageContaining("NOT_FOUND: said by the server")
        .hasMessageContaining("method=shop.Payments/Get peer=10.0.0.1:1 attempts=1 stage=server")
        .hasMessageContaining("trace=0123456789abcdef0123456789abcdef");
    assertThat(error.getStackTrace()[0].getClassName()).isEqualTo(ServiceChannel.class.getName());
    assertThat(ledger.last().end().errorType()).isEqualTo("NOT_FOUND");
  }

  @Test
  void whatWasNotSentGoesToAnotherInstanceAtOnce() {
    registry.put(1, 2);
    peer(1).answers(FakeTransport.notSent());
    peer(2).answers(FakeTransport.notSent());
    CompletableFuture<String> call = start(CHARGE);

    assertThat(received(1)).isEqualTo(1);
    assertThat(received(2)).isEqualTo(1);
    peer(1).answers(FakeTransport.ok("done"));
    peer(2).answers(FakeTransport.ok("done"));
    clock.advanceMillis(150);

    assertThat(call).isCompletedWithValue("done");
    assertThat(ledger.last().attempts())
        .extracting(AttemptRecord::kind)
        .containsExactly(AttemptKind.FIRST, AttemptKind.TRANSPARENT, AttemptKind.RETRY);
  }

  @Test
  void whatWasRefusedIsRetriedElsewhereEvenIfNotIdempotent() {
    registry.put(1, 2);
    roundRobin();
    peer(1).answers(FakeTransport.refused());

    callTimes(4, CHARGE);

    assertThat(received(2)).isEqualTo(4);
    assertThat(sample("clearspan.client.call.retries")).isZero();
  }

  @Test
  void serversAreNotToldOfAttemptsThatNoHandlerSaw() {
    registry.put(1, 2);
    roundRobin();
    peer(1).answers(FakeTransport.refused());

    callTimes(4, CHARGE);

    assertThat(received(1)).isPositive();
    assertThat(peer(2).received()).extracting(AttemptRequest::attempt).containsOnly(1);
  }

  @Test
  void aLostConnectionIsRetriedOnlyForIdempotentMethods() {
    registry.put(1, 2);
    roundRobin();
    peer(1).answers(FakeTransport.lost());
    peer(2).answers(FakeTransport.lost());

    RpcException charge = failure(CHARGE);
    CompletableFuture<String> get = start(GET);
    peer(1).answers(FakeTransport.ok("found"));
    peer(2).answers(FakeTransport.ok("found"));
    clock.advanceMillis(110);

    assertThat(site(charge).attempts()).isEqualTo(1);
    assertThat(ledger.calls().get(0).end().errorType()).isEqualTo("connection_lost");
    assertThat(get).isCompletedWithValue("found");
    assertThat(ledger.last().attempts())
        .extracting(AttemptRecord::outcome)
        .containsExactly("UNKNOWN", "OK");
    assertThat(sample("clearspan.client.call.retries")).isEqualTo(1);
  }

  @Test
  void retriesGoToInstancesNotYetTriedAndCarryTheirNumber() {
    registry.put(1, 2, 3);
    List<Integer> numbers = new ArrayList<>();
    for (int port = 1; port <= 3; port++) {
      peer(port)
          .answers(
              request -> {
                numbers.add(request.attempt());
                return FakeTransport.status(Code.UNAVAILABLE);
              });
    }
    CompletableFuture<String> call = start(GET);
    clock.advanceMillis(400);

    assertThat(numbers).containsExactly(1, 2, 3);
    assertThat(List.of(received(1), received(2), received(3))).containsExactly(1, 1, 1);
    RpcException error = failure(call);
    assertThat(site(error).attempts()).isEqualTo(3);
    assertThat(error.metadata().first(RetryMark.KEY)).isEqualTo("3");
  }

  @Test
  void aStatusThatWasRetriedBelowIsNotRetriedAbove() {
    registry.put(1, 2);
    Metadata mark = RetryMark.put(Metadata.EMPTY, 3);
    peer(1).answers(FakeTransport.status(Code.UNAVAILABLE, mark));
    peer(2).answers(FakeTransport.status(Code.UNAVAILABLE, mark));

    RpcException error = failure(GET);

    assertThat(site(error).attempts()).isEqualTo(1);
    assertThat(RetryMark.isOn(error.metadata())).isTrue();
  }

  @Test
  void theServerSaysWhenToComeAgain() {
    registry.put(1, 2);
    List<Integer> numbers = new ArrayList<>();
    for (int port = 1; port <= 2; port++) {
      peer(port)
          .answers(
              request -> {
                numbers.add(request.attempt());
                return request.attempt() == 1
                    ? FakeTransport.status(
                        Code.UNAVAILABLE, Metadata.EMPTY.with(Pushback.KEY, "250"))
                    : FakeTransport.ok("later");
              });
    }
    CompletableFuture<String> call = start(GET);
    clock.advanceMillis(245);
    assertThat(numbers).containsExactly(1);
    clock.advanceMillis(15);
    assertThat(call).isCompletedWithValue("later");
  }

  @Test
  void theServerSaysNotToComeAgain() {
    registry.put(1, 2);
    Metadata never = Metadata.EMPTY.with(Pushback.KEY, "-1");
    peer(1).answers(FakeTransport.status(Code.UNAVAILABLE, never));
    peer(2).answers(FakeTransport.status(Code.UNAVAILABLE, never));

    assertThat(site(failure(GET)).attempts()).isEqualTo(1);
  }

  @Test
  void anUnknownMethodIsNeverRetried() {
    registry.put(1, 2);
    peer(1).answers(FakeTransport.status(Code.UNIMPLEMENTED));
    peer(2).answers(FakeTransport.status(Code.UNIMPLEMENTED));

    assertThat(site(failure(GET)).attempts()).isEqualTo(1);
  }

  @Test
  void aRequestThatCannotBeEncodedIsNeverRetried() {
    registry.put(1, 2);
    CompletableFuture<String> call =
        channel().callAsync(GET, "?", CallOptions.DEFAULT).toCompletableFuture();

    RpcException error = failure(call);
    assertThat(error.code()).isEqualTo(Code.INTERNAL);
    assertThat(error).hasMessageContaining("message: ? (expected: text)");
    assertThat(ledger.last().attempts()).hasSize(1);
  }

  @Test
  void theBudgetStopsRetriesAndTellsLayersAbove() {
    registry.put(1, 2);
    policy("{\"service\": {\"breaker\": {\"enabled\": false}}}");
    peer(1).answers(FakeTransport.status(Code.UNAVAILABLE));
    peer(2).answers(FakeTransport.status(Code.UNAVAILABLE));
    for (int i = 0; i < 20; i++) {
      CompletableFuture<String> call = start(GET);
      clock.advance(Duration.ofSeconds(1));
      assertThat(call).isCompletedExceptionally();
    }

    int attempts = received(1) + received(2);
    assertThat(attempts).isBetween(22, 25);
    assertThat(sample("clearspan.client.retry.throttled")).isGreaterThan(10);
    RpcException throttled = failure(GET);
    assertThat(site(throttled).attempts()).isEqualTo(1);
    assertThat(RetryMark.isOn(throttled.metadata())).isTrue();
  }

  @Test
  void aSilentServerCostsAQueryAThirdOfItsTimePerAttempt() {
    registry.put(1, 2, 3);
    for (int port = 1; port <= 3; port++) {
      peer(port).holds();
    }
    CompletableFuture<String> call = start(GET);
    clock.advanceMillis(338);
    assertThat(received(1) + received(2) + received(3)).isEqualTo(1);
    clock.advanceMillis(670);

    RpcException error = failure(call);
    assertThat(error.code()).isEqualTo(Code.DEADLINE_EXCEEDED);
    assertThat(error).hasMessageContaining("deadline of 1000.0 ms passed waiting for 10.0.0.1:");
    assertThat(site(error).elapsed()).isBetween(Duration.ofSeconds(1), Duration.ofMillis(1_010));
    assertThat(received(1) + received(2) + received(3)).isGreaterThan(1);
    assertThat(ledger.last().attempts())
        .allSatisfy(attempt -> assertThat(attempt.outcome()).isEqualTo("CANCELLED"));
  }

  @Test
  void aWriteThatRanOutOfTimeIsNotRetried() {
    registry.put(1, 2);
    peer(1).holds();
    peer(2).holds();
    CompletableFuture<String> call = start(CHARGE);
    clock.advanceMillis(3_010);

    assertThat(failure(call).code()).isEqualTo(Code.DEADLINE_EXCEEDED);
    assertThat(received(1) + received(2)).isEqualTo(1);
  }

  @Test
  void theEarliestDeadlineWins() {
    registry.put(1);
    policy("{\"service\": {\"deadline\": {\"max\": \"2s\"}}}");
    CallOptions patient = CallOptions.DEFAULT.withDeadline(Duration.ofSeconds(20));
    CallOptions hasty = CallOptions.DEFAULT.withDeadline(Duration.ofMillis(300));

    channel().call(CHARGE, "ping", patient);
    CurrentCall.run(serving(Duration.ofMillis(700)), () -> call(CHARGE));
    CurrentCall.run(serving(Duration.ofMillis(700)), () -> channel().call(CHARGE, "ping", hasty));

    assertThat(peer(1).received())
        .extracting(request -> request.deadline().atNanos() / 1_000_000)
        .containsExactly(2_000L, 700L, 300L);
  }

  @Test
  void aDeadlineThatHasPassedMakesNoAttempt() {
    registry.put(1);
    Call serving = serving(Duration.ofMillis(5));
    clock.advanceMillis(10);
    List<RpcException> errors = new ArrayList<>();
    CurrentCall.run(serving, () -> errors.add(failure(GET)));

    assertThat(errors.get(0).code()).isEqualTo(Code.DEADLINE_EXCEEDED);
    assertThat(site(errors.get(0)).stage()).isEqualTo("deadline");
    assertThat(received(1)).isZero();
    assertThat(ledger.last().end().attempts()).isZero();
  }

  @Test
  void cancellingTheStageCancelsTheAttempt() {
    registry.put(1);
    peer(1).holds();
    CompletableFuture<String> call = start(CHARGE);

    assertThat(call.cancel(true)).isTrue();

    assertThat(peer(1).heldCalls()).isZero();
    assertThat(failure(call).code()).isEqualTo(Code.CANCELLED);
    assertThat(ledger.last().attempts().get(0).outcome()).isEqualTo("CANCELLED");
    assertThat(ledger.last().end().errorType()).isEqualTo("CANCELLED");
  }

  @Test
  void cancellingDuringABackoffEndsTheCallAtOnce() {
    registry.put(1);
    peer(1).answers(FakeTransport.lost());
    CompletableFuture<String> call = start(GET);
    assertThat(call).isNotDone();

    call.cancel(true);
    clock.advance(Duration.ofSeconds(2));

    assertThat(failure(call).code()).isEqualTo(Code.CANCELLED);
    assertThat(received(1)).isEqualTo(1);
  }

  @Test
  void aServedCallThatIsCancelledCancelsWhatItCalls() {
    registry.put(1);
    peer(1).holds();
    List<Runnable> hooks = new ArrayList<>();
    List<CompletableFuture<String>> calls = new ArrayList<>();
    CurrentCall.run(serving(Duration.ofSeconds(9), hooks), () -> calls.add(start(CHARGE)));

    hooks.forEach(Runnable::run);

    assertThat(failure(calls.get(0)).code()).isEqualTo(Code.CANCELLED);
    assertThat(peer(1).heldCalls()).isZero();
  }

  @Test
  void anInterruptedCallerCancelsItsCall() {
    registry.put(1);
    peer(1).holds();
    Thread.currentThread().interrupt();

    RpcException error = failure(CHARGE);

    assertThat(Thread.interrupted()).isTrue();
    assertThat(error.code()).isEqualTo(Code.CANCELLED);
    assertThat(peer(1).heldCalls()).isZero();
  }

  @Test
  void requestMetadataAndTraceContextAreSent() {
    registry.put(1);
    channel()
        .call(GET, "ping", CallOptions.DEFAULT.withMetadata(Metadata.EMPTY.with("tenant", "blue")));

    AttemptRequest<?, ?> request = peer(1).received().get(0);
    assertThat(request.metadata().first("tenant")).isEqualTo("blue");
    assertThat(request.trace().isValid()).isTrue();
  }

  @Test
  void closingTheChannelEndsCallsInFlightWithCancelled() {
    registry.put(1);
    peer(1).holds();
    peer(1).answers(FakeTransport.lost());
    CompletableFuture<String> backingOff = start(GET);

    channel().close();
    clock.advance(Duration.ofSeconds(1));

    assertThat(failure(backingOff).code()).isEqualTo(Code.CANCELLED);
    assertThat(failure(GET).code()).isEqualTo(Code.CANCELLED);
    assertThat(peer(1).isClosed()).isTrue();
    assertThat(registry.watchersLeft()).isZero();
    assertThat(ledger.samples()).isEmpty();
    assertThat(status().getCallsList()).isEmpty();
  }

  private Call serving(Duration left) {
    return serving(left, new ArrayList<>());
  }

  private Call serving(Duration left, List<Runnable> hooks) {
    CallSpec<String, String> spec =
        new CallSpec<>(
            CallSpec.Side.SERVER,
            CHARGE,
            Metadata.EMPTY,
            Deadline.after(left, clock.nanos()),
            "storefront",
            "0".repeat(32));
    return new Call() {
      @Override
      public CallSpec<?, ?> spec() {
        return spec;
      }

      @Override
      public boolean isCancelled() {
        return false;
      }

      @Override
      public void onCancel(Runnable action) {
        hooks.add(action);
      }

      @Override
      public void offCancel(Runnable action) {
        hooks.remove(action);
      }

      @Override
      public void setHeaders(Metadata headers) {
        throw new UnsupportedOperationException("not asked for by a caller");
      }

      @Override
      public void setTrailers(Metadata trailers) {
        throw new UnsupportedOperationException("not asked for by a caller");
      }
    };
  }
}
