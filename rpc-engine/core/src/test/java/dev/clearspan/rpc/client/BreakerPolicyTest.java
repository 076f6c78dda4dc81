package dev.clearspan.rpc.client;

import static org.assertj.core.api.Assertions.assertThat;

import dev.clearspan.protocol.BreakerState;
import dev.clearspan.rpc.RpcException;
import dev.clearspan.rpc.Status.Code;
import dev.clearspan.rpc.ledger.CallEvent;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Breakers by policy document, through a channel to real servers of this process. */
class BreakerPolicyTest extends ClusterFixture {
  @Test
  void moreThanThreeConsecutiveFailuresTenSecondsIntervalFiveSecondsTimeoutThreeHalfOpenRequests() {
    inTurn(
        """
        "breaker": {"consecutiveFailures": 4, "window": "10s", "open": "5s", "halfOpenProbes": 3}
        """);
    registry.put(1);
    node(1).fails();
    tryTimes(3);
    node(1).isWell();
    call(CHARGE);
    node(1).fails();
    tryTimes(4);
    assertThat(handled(1)).isEqualTo(8);
    assertThat(computed()).containsExactly(BreakerState.OPEN);

    clock.advance(Duration.ofMillis(3_900));
    RpcException refused = failure(CHARGE);
    assertThat(refused.code()).isEqualTo(Code.UNAVAILABLE);
    assertThat(site(refused).stage()).isEqualTo("breaker");
    assertThat(handled(1)).isEqualTo(8);

    node(1).isWell();
    clock.advance(Duration.ofMillis(2_200));
    callTimes(2, CHARGE);
    assertThat(computed()).containsExactly(BreakerState.HALF_OPEN);
    call(CHARGE);
    assertThat(computed()).isEmpty();
    assertThat(handled(1)).isEqualTo(11);
  }

  @Test
  void twentyCallsInTenSecondsOfWhichHalfFail() {
    inTurn(
        """
        "breaker": {"consecutiveFailures": 1000, "failureRate": 0.5, "minimumCalls": 20,
                    "window": "10s"}
        """);
    registry.put(1);
    node(1).failsOneOf(2);
    for (int i = 0; i < 19; i++) {
      tryTimes(1);
      clock.advanceMillis(500);
    }
    assertThat(computed()).isEmpty();
    tryTimes(1);

    assertThat(computed()).containsExactly(BreakerState.OPEN);
    assertThat(status().getBreakers(0).getCause())
        .isEqualTo("10 of 20 calls failed in 10 s, last INTERNAL");
    assertThat(failure(CHARGE)).hasMessageContaining("i-1: 10 of 20 calls failed in 10 s");
  }

  @Test
  void failuresInARowOpenHoweverRareTheCalls() {
    registry.put(1);
    node(1).fails();
    for (int i = 0; i < 5; i++) {
      assertThat(computed()).isEmpty();
      tryTimes(1);
      assertThat(handled(1)).isEqualTo(i + 1);
      if (i < 4) {
        clock.advance(Duration.ofSeconds(20));
      }
    }

    assertThat(computed()).containsExactly(BreakerState.OPEN);
    assertThat(site(failure(CHARGE)).stage()).isEqualTo("breaker");
  }

  @Test
  void slowCallsOpenThoughNoneFails() {
    inTurn("\"breaker\": {\"slowCall\": \"0.200s\", \"slowCallRate\": 0.6, \"minimumCalls\": 10}");
    registry.put(1);
    callTimes(4, CHARGE);
    node(1).does(() -> clock.advanceMillis(250));
    callTimes(5, CHARGE);
    assertThat(computed()).isEmpty();
    call(CHARGE);

    assertThat(status().getBreakers(0).getCause())
        .isEqualTo("6 of 10 calls took 200 ms or more in 10 s");
    assertThat(failure(CHARGE)).hasMessageContaining("took 200 ms or more");

    clock.advance(Duration.ofSeconds(6));
    call(CHARGE);
    assertThat(status().getBreakers(0).getCause()).isEqualTo("probe failed: it took 250 ms");
  }

  @Test
  void theOpenTimeDoublesWithEachFailedProbeUpToItsMaximum() {
    inTurn("\"breaker\": {\"consecutiveFailures\": 1, \"open\": \"1s\", \"maxOpen\": \"3s\"}");
    registry.put(1);
    node(1).fails();
    tryTimes(1);
    for (double base : new double[] {1, 2, 3, 3}) {
      int before = handled(1);
      clock.advance(Duration.ofMillis((long) (base * 790)));
      tryTimes(1);
      assertThat(handled(1)).isEqualTo(before);
      clock.advance(Duration.ofMillis((long) (base * 420)));
      tryTimes(1);
      assertThat(handled(1)).isEqualTo(before + 1);
    }
  }

  @Test
  void aChangedPolicyHoldsWithTheNextCall() {
    registry.put(1);
    node(1).fails();
    inTurn("\"breaker\": {\"enabled\": false}");
    tryTimes(20);
    assertThat(handled(1)).isEqualTo(20);
    inTurn("\"breaker\": {\"consecutiveFailures\": 2}");
    tryTimes(5);

    assertThat(handled(1)).isEqualTo(22);
  }

  @Test
  void theCallsThatChangeABreakerSaySo() {
    inTurn("\"breaker\": {\"consecutiveFailures\": 1, \"halfOpenProbes\": 1}");
    registry.put(1);
    node(1).fails();
    tryTimes(1);
    assertThat(ledger.last().events())
        .containsExactly(
            new CallEvent.BreakerChanged(
                "i-1",
                "closed",
                "open",
                "consecutive_failures",
                "1 failures in a row, last INTERNAL"));
    node(1).isWell();
    clock.advance(Duration.ofSeconds(7));
    call(CHARGE);

    assertThat(ledger.last().events())
        .extracting(event -> ((CallEvent.BreakerChanged) event).to())
        .containsExactly("half_open", "closed");
    call(CHARGE);
    assertThat(ledger.last().events()).isEmpty();
  }

  private List<BreakerState> computed() {
    return status().getBreakersList().stream().map(entry -> entry.getComputed()).toList();
  }
}
