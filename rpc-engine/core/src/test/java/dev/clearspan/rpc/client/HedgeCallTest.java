package dev.clearspan.rpc.client;

import static org.assertj.core.api.Assertions.assertThat;

import dev.clearspan.rpc.Metadata;
import dev.clearspan.rpc.Status.Code;
import dev.clearspan.rpc.control.FakeRegistry;
import dev.clearspan.rpc.internal.transport.FakeTransport;
import dev.clearspan.rpc.ledger.AttemptKind;
import dev.clearspan.rpc.ledger.AttemptRecord;
import dev.clearspan.rpc.retry.Pushback;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** When hedges are sent and how a race of attempts ends, on a clock moved by hand. */
class HedgeCallTest extends ChannelFixture {
  @BeforeEach
  void start() {
    registry.put(1, 2, 3);
    open();
    policy("{\"service\": {\"hedge\": {\"delay\": \"0.050s\", \"maxAttempts\": 3}}}");
  }

  private int received() {
    return received(1) + received(2) + received(3);
  }

  private void allHold() {
    for (int port = 1; port <= 3; port++) {
      peer(port).holds();
    }
  }

  @Test
  void eachDelaySendsAnotherToAnotherInstanceUpToTheMaximum() {
    allHold();
    CompletableFuture<String> call = start(GET);
    assertThat(received()).isEqualTo(1);
    clock.advanceMillis(60);
    assertThat(received()).isEqualTo(2);
    clock.advanceMillis(60);
    clock.advanceMillis(120);
    assertThat(received()).isEqualTo(3);
    assertThat(received(1)).isEqualTo(1);

    peer(2).release();

    assertThat(call).isCompletedWithValue("ping");
    assertThat(peer(1).heldCalls() + peer(3).heldCalls()).isZero();
    assertThat(ledger.last().attempts()).hasSize(3);
    assertThat(ledger.last().end().attempts()).isEqualTo(3);
    assertThat(sample("clearspan.client.call.active")).isZero();
  }

  @Test
  void aFailureThatAnotherMightNotRepeatSendsTheNextAtOnce() {
    for (int port = 1; port <= 3; port++) {
      peer(port)
          .answers(
              request ->
                  request.attempt() == 1
                      ? FakeTransport.status(Code.UNAVAILABLE)
                      : FakeTransport.ok("second"));
    }

    assertThat(start(GET)).isCompletedWithValue("second");
    assertThat(ledger.last().attempts())
        .extracting(AttemptRecord::kind)
        .containsExactly(AttemptKind.FIRST, AttemptKind.HEDGE);
  }

  @Test
  void aServersPushbackPutsTheNextOneOff() {
    allHold();
    start(GET);
    clock.advanceMillis(60);
    for (int port = 1; port <= 3; port++) {
      if (peer(port).heldCalls() > 0) {
        Metadata wish = Metadata.EMPTY.with(Pushback.KEY, "150");
        peer(port).answers(FakeTransport.status(Code.UNAVAILABLE, wish));
        peer(port).release();
        break;
      }
    }
    clock.advanceMillis(140);
    assertThat(received()).isEqualTo(2);
    clock.advanceMillis(20);
    assertThat(received()).isEqualTo(3);
  }

  @Test
  void aFinalFailureEndsTheRace() {
    allHold();
    CompletableFuture<String> call = start(GET);
    clock.advanceMillis(60);
    for (int port = 1; port <= 3; port++) {
      int here = port;
      peer(port).answers(FakeTransport.status(Code.NOT_FOUND));
      if (peer(here).heldCalls() > 0) {
        peer(here).release();
        break;
      }
    }

    assertThat(failure(call).code()).isEqualTo(Code.NOT_FOUND);
    assertThat(peer(1).heldCalls() + peer(2).heldCalls() + peer(3).heldCalls()).isZero();
  }

  @Test
  void cancellingTheCallCancelsAllAttempts() {
    allHold();
    CompletableFuture<String> call = start(GET);
    clock.advanceMillis(60);

    call.cancel(true);

    assertThat(failure(call).code()).isEqualTo(Code.CANCELLED);
    assertThat(peer(1).heldCalls() + peer(2).heldCalls() + peer(3).heldCalls()).isZero();
    clock.advance(Duration.ofSeconds(1));
    assertThat(received()).isEqualTo(2);
    assertThat(ledger.last().end().errorType()).isEqualTo("CANCELLED");
  }

  @Test
  void withoutAReplyTheCallEndsWithItsDeadline() {
    allHold();
    CompletableFuture<String> call = start(GET);
    clock.advance(Duration.ofMillis(1_100));

    assertThat(failure(call).code()).isEqualTo(Code.DEADLINE_EXCEEDED);
    assertThat(ledger.last().isOpen()).isFalse();
  }

  @Test
  void aPercentileIsTheMethodsOwnAndNeedsSomeCalls() {
    policy("{\"service\": {\"hedge\": {\"percentile\": 90}}}");
    allHold();
    for (int i = 0; i < 30; i++) {
      CompletableFuture<String> call = start(GET);
      clock.advanceMillis(10);
      for (int port = 1; port <= 3; port++) {
        peer(port).release();
        peer(port).holds();
      }
      assertThat(call).isCompleted();
    }
    int before = received();
    start(GET);
    clock.advanceMillis(30);
    assertThat(received()).isEqualTo(before + 2);
  }

  @Test
  void anInstanceThatJoinsLaterTakesAHedgeToo() {
    registry.delete(2);
    registry.delete(3);
    peer(1).holds();
    CompletableFuture<String> call = start(GET);
    clock.advanceMillis(200);
    assertThat(received()).isEqualTo(1);

    registry.put(2);
    clock.advanceMillis(60);

    assertThat(call).isCompletedWithValue("ping");
    assertThat(received(2)).isEqualTo(1);
  }

  @Test
  void aHedgeFollowsTheRouteOfItsCall() {
    policy(
        """
        {"service": {"hedge": {"delay": "0.050s"}, "route": {"rules": [
           {"splits": [{"percent": 100, "tags": {"pool": "*"}, "strict": true}]}]}}}
        """);
    for (int port = 1; port <= 2; port++) {
      registry.put(
          FakeRegistry.instance("payments", port).toBuilder().putTags("pool", "a").build());
    }
    allHold();
    for (int i = 0; i < 5; i++) {
      start(GET);
      clock.advanceMillis(60);
    }

    assertThat(received(1)).isGreaterThanOrEqualTo(4);
    assertThat(received(2)).isGreaterThanOrEqualTo(4);
    assertThat(received(3)).isZero();
  }

  @Test
  void oneAttemptInAllSwitchesItOff() {
    policy("{\"service\": {\"hedge\": {\"delay\": \"0.050s\", \"maxAttempts\": 1}}}");
    allHold();
    start(GET);
    clock.advanceMillis(200);
    assertThat(received()).isEqualTo(1);
  }

  @Test
  void whatIsNotIdempotentIsNotHedged() {
    allHold();
    start(CHARGE);
    clock.advanceMillis(500);
    assertThat(received()).isEqualTo(1);
  }
}
