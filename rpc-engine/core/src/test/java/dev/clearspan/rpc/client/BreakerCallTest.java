package dev.clearspan.rpc.client;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.Timestamp;
import dev.clearspan.protocol.BreakerState;
import dev.clearspan.protocol.BreakerStatus;
import dev.clearspan.protocol.ForcedBreaker;
import dev.clearspan.rpc.RpcException;
import dev.clearspan.rpc.Status.Code;
import dev.clearspan.rpc.internal.transport.FakeTransport;
import dev.clearspan.rpc.ledger.Gauges;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class BreakerCallTest extends ChannelFixture {
  @BeforeEach
  void exactShares() {
    roundRobin();
  }

  @Test
  void opensForTheFailingInstanceAndClosesWhenItRecovers() {
    registry.put(1, 2, 3);
    peer(1).answers(FakeTransport.status(Code.INTERNAL));
    failSome(15);
    assertThat(received(1)).isEqualTo(5);

    callTimes(30, CHARGE);
    assertThat(received(1)).isEqualTo(5);
    BreakerStatus reported = status().getBreakers(0);
    assertThat(reported.getInstance()).isEqualTo("i-1");
    assertThat(reported.getMethod()).isEqualTo("shop.Payments/Charge");
    assertThat(reported.getComputed()).isEqualTo(BreakerState.OPEN);
    assertThat(reported.getForced()).isEqualTo(BreakerState.BREAKER_STATE_UNSPECIFIED);
    assertThat(reported.getProbeAt().getSeconds()).isGreaterThan(clock.instant().getEpochSecond());

    peer(1).answers(FakeTransport.ok("well again"));
    clock.advance(Duration.ofSeconds(7));
    callTimes(30, CHARGE);

    assertThat(received(1)).isGreaterThanOrEqualTo(14);
    assertThat(status().getBreakersCount()).isZero();
    assertThat(sample("clearspan.breaker.transitions")).isEqualTo(3);
  }

  @Test
  void businessErrorsNeverOpen() {
    registry.put(1);
    peer(1).answers(FakeTransport.status(Code.NOT_FOUND));
    failSome(50);

    assertThat(received(1)).isEqualTo(50);
    assertThat(status().getBreakersCount()).isZero();
  }

  @Test
  void breakersAreSeparateByMethod() {
    registry.put(1);
    peer(1)
        .answers(
            request ->
                request.method().equals(CHARGE)
                    ? FakeTransport.status(Code.INTERNAL)
                    : FakeTransport.ok("fine"));
    failSome(6);

    assertThat(received(1)).isEqualTo(5);
    assertThat(call(GET)).isEqualTo("fine");
  }

  @Test
  void whenAllAreOutTheCallIsRefusedAtOnceWithoutAnAttempt() {
    registry.put(1);
    peer(1).answers(FakeTransport.status(Code.INTERNAL));
    failSome(5);

    RpcException error = failure(CHARGE);

    assertThat(error.code()).isEqualTo(Code.UNAVAILABLE);
    assertThat(site(error).stage()).isEqualTo("breaker");
    assertThat(site(error).attempts()).isZero();
    assertThat(error)
        .hasMessageContaining(
            "breakers of shop.Payments/Charge are open at all 1 instances (i-1: 5 failures in a row,"
                + " last INTERNAL); next probe in ")
        .hasMessageContaining("ms, an instance whose 3 probes succeed is used again");
    assertThat(ledger.last().end().errorType()).isEqualTo("breaker_open");
    assertThat(ledger.last().attempts()).isEmpty();
    assertThat(sample("clearspan.breaker.not_permitted")).isEqualTo(1);
  }

  @Test
  void moreThanHalfOutIsPanicAndAllAreUsed() {
    registry.put(1, 2, 3);
    peer(1).answers(FakeTransport.status(Code.INTERNAL));
    peer(2).answers(FakeTransport.status(Code.INTERNAL));
    failSome(15);
    assertThat(status().getBreakersCount()).isEqualTo(2);
    int before = received(3);

    failSome(30);

    assertThat(received(3) - before).isEqualTo(10);
    assertThat(received(1)).isEqualTo(15);
  }

  @Test
  void forcedOpenBeatsPanic() {
    registry.put(1, 2, 3);
    call(CHARGE);
    registry.force(forced(BreakerState.OPEN).setInstance("i-1").build());
    registry.force(forced(BreakerState.OPEN).setInstance("i-2").build());
    int one = received(1);
    int two = received(2);

    callTimes(20, CHARGE);

    assertThat(received(1)).isEqualTo(one);
    assertThat(received(2)).isEqualTo(two);
  }

  @Test
  void forcedOpenRefusesAtOnceAndSaysWhoAndWhyAndUntilWhen() {
    registry.put(1, 2);
    call(CHARGE);
    int before = received(1) + received(2);
    registry.force(
        forced(BreakerState.OPEN)
            .setExpiresAt(Timestamp.newBuilder().setSeconds(clock.instant().getEpochSecond() + 60))
            .build());

    RpcException error = failure(CHARGE);

    assertThat(error)
        .hasMessageContaining(
            "breaker of shop.Payments/Charge is forced OPEN by ann: bank is down (until"
                + " 2026-01-01T00:01:00Z)");
    assertThat(received(1) + received(2)).isEqualTo(before);
    assertThat(status().getBreakersList())
        .hasSize(2)
        .allSatisfy(
            entry -> {
              assertThat(entry.getForced()).isEqualTo(BreakerState.OPEN);
              assertThat(entry.getComputed()).isEqualTo(BreakerState.CLOSED);
            });
    assertThat(breakerGauge("open")).isEqualTo(2);

    clock.advance(Duration.ofSeconds(61));

    assertThat(call(CHARGE)).isEqualTo("ping");
    assertThat(status().getBreakersCount()).isZero();
    assertThat(breakerGauge("open")).isZero();
  }

  @Test
  void liftingAForcedStateResumesCalls() {
    registry.put(1);
    registry.force(forced(BreakerState.OPEN).build());
    assertThat(site(failure(CHARGE)).stage()).isEqualTo("breaker");

    registry.liftForced();

    assertThat(call(CHARGE)).isEqualTo("ping");
  }

  @Test
  void aStateForcedForAnotherCallerIsNotOurs() {
    registry.put(1);
    registry.force(forced(BreakerState.OPEN).setCaller("storefront").build());

    assertThat(call(CHARGE)).isEqualTo("ping");
  }

  @Test
  void forcedClosedLetsCallsThroughToAFailingInstance() {
    registry.put(1);
    registry.force(forced(BreakerState.CLOSED).build());
    peer(1).answers(FakeTransport.status(Code.INTERNAL));
    failSome(20);

    assertThat(received(1)).isEqualTo(20);
    assertThat(status().getBreakers(0).getComputed()).isEqualTo(BreakerState.OPEN);
    assertThat(status().getBreakers(0).getForced()).isEqualTo(BreakerState.CLOSED);
  }

  @Test
  void otherPolicyChangesLeaveBreakersAsTheyAre() {
    registry.put(1);
    peer(1).answers(FakeTransport.status(Code.INTERNAL));
    failSome(5);
    policy("{\"service\": {\"retry\": {\"maxAttempts\": 2}}}");
    assertThat(site(failure(CHARGE)).stage()).isEqualTo("breaker");

    policy("{\"service\": {\"breaker\": {\"consecutiveFailures\": 50}}}");

    assertThat(failure(CHARGE).code()).isEqualTo(Code.INTERNAL);
  }

  @Test
  void anAttemptThatRunsOutOfTimeCounts() {
    registry.put(1);
    peer(1).holds();
    for (int i = 0; i < 5; i++) {
      CompletableFuture<String> call = start(CHARGE);
      clock.advanceMillis(3_010);
      assertThat(failure(call).code()).isEqualTo(Code.DEADLINE_EXCEEDED);
    }

    assertThat(site(failure(CHARGE)).stage()).isEqualTo("breaker");
  }

  @Test
  void cancelledAndRefusedAttemptsTeachNothing() {
    registry.put(1);
    peer(1).holds();
    for (int i = 0; i < 10; i++) {
      start(CHARGE).cancel(true);
    }
    peer(1).answers(FakeTransport.refused());
    for (int i = 0; i < 3; i++) {
      start(CHARGE);
      clock.advance(Duration.ofSeconds(1));
    }

    assertThat(status().getBreakersCount()).isZero();
  }

  private double breakerGauge(String state) {
    return ledger.samples().stream()
        .filter(sample -> sample.name().equals("clearspan.breaker.state"))
        .filter(sample -> state.equals(sample.attributes().get("state")))
        .mapToDouble(Gauges.Sample::value)
        .sum();
  }

  private static ForcedBreaker.Builder forced(BreakerState state) {
    return ForcedBreaker.newBuilder().setState(state).setAuthor("ann").setReason("bank is down");
  }

  /** Calls whose failures are expected. */
  private void failSome(int calls) {
    for (int i = 0; i < calls; i++) {
      start(CHARGE);
    }
  }
}
