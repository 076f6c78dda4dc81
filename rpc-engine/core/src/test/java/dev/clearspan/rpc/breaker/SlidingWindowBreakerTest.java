package dev.clearspan.rpc.breaker;

import static org.assertj.core.api.Assertions.assertThat;

import dev.clearspan.rpc.breaker.BreakerView.Name;
import dev.clearspan.rpc.breaker.CircuitBreaker.Permit;
import dev.clearspan.rpc.time.FakeClock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import org.junit.jupiter.api.Test;

class SlidingWindowBreakerTest {
  private final FakeClock clock = new FakeClock();
  private final List<String> transitions = new ArrayList<>();
  private SlidingWindowBreaker breaker = breaker(BreakerSettings.DEFAULT);

  @Test
  void opensAfterFiveFailuresInARowHoweverRareTheCalls() {
    for (int i = 0; i < 5; i++) {
      assertThat(state()).isEqualTo(Name.CLOSED);
      fail("UNAVAILABLE");
      clock.advance(Duration.ofSeconds(20));
    }

    assertThat(transitions).containsExactly("CLOSED->OPEN consecutive_failures");
    assertThat(breaker.computed().cause()).isEqualTo("5 failures in a row, last UNAVAILABLE");
  }

  @Test
  void aSuccessBreaksTheRow() {
    for (int i = 0; i < 4; i++) {
      fail("UNAVAILABLE");
    }
    succeed();
    for (int i = 0; i < 4; i++) {
      fail("UNAVAILABLE");
    }

    assertThat(state()).isEqualTo(Name.CLOSED);
  }

  @Test
  void opensWhenHalfOfTwentyCallsInTheWindowFail() {
    for (int i = 0; i < 9; i++) {
      succeed();
      fail("INTERNAL");
      clock.advanceMillis(500);
    }
    assertThat(state()).isEqualTo(Name.CLOSED);
    succeed();
    fail("INTERNAL");

    assertThat(transitions).containsExactly("CLOSED->OPEN failure_rate");
    assertThat(breaker.computed().cause())
        .isEqualTo("10 of 20 calls failed in 10 s, last INTERNAL");
  }

  @Test
  void whatHasLeftTheWindowNoLongerCounts() {
    for (int i = 0; i < 9; i++) {
      succeed();
      fail("INTERNAL");
    }
    clock.advance(Duration.ofSeconds(11));
    succeed();
    fail("INTERNAL");

    assertThat(state()).isEqualTo(Name.CLOSED);
  }

  @Test
  void refusesWhileOpenThenProbesOneAtATimeAndCloses() {
    open();
    assertThat(breaker.permits(clock.nanos())).isFalse();
    assertThat(breaker.acquire(clock.nanos())).isNull();
    clock.advance(Duration.ofSeconds(6));

    assertThat(breaker.permits(clock.nanos())).isTrue();
    for (int probe = 0; probe < 3; probe++) {
      Permit permit = acquire();
      assertThat(state()).isEqualTo(Name.HALF_OPEN);
      assertThat(breaker.permits(clock.nanos())).isFalse();
      assertThat(breaker.acquire(clock.nanos())).isNull();
      permit.succeeded(clock.nanos(), Permit.UNTIMED);
    }

    assertThat(transitions)
        .containsExactly(
            "CLOSED->OPEN consecutive_failures",
            "OPEN->HALF_OPEN open_time_over",
            "HALF_OPEN->CLOSED probes_succeeded");
  }

  @Test
  void aProbeThatWasCancelledLetsTheNextOnePass() {
    open();
    clock.advance(Duration.ofSeconds(6));
    acquire().released();

    assertThat(breaker.permits(clock.nanos())).isTrue();
    assertThat(state()).isEqualTo(Name.HALF_OPEN);
  }

  @Test
  void onlyProbesAreWaitedFor() {
    assertThat(acquire().isProbe()).isFalse();
    open();
    clock.advance(Duration.ofSeconds(6));

    assertThat(acquire().isProbe()).isTrue();
  }

  @Test
  void aProbeThatIsSilentForTheOpenTimeLetsTheNextOnePass() {
    open();
    clock.advance(Duration.ofSeconds(6));
    Permit silent = acquire();
    clock.advance(Duration.ofSeconds(4));
    assertThat(breaker.acquire(clock.nanos())).isNull();
    clock.advance(Duration.ofSeconds(1));

    succeed();
    succeed();
    silent.succeeded(clock.nanos(), Permit.UNTIMED);

    assertThat(state()).isEqualTo(Name.CLOSED);
  }

  @Test
  void tellsTheCallsThatChangeItsStateSo() {
    for (int i = 0; i < 4; i++) {
      assertThat(acquire().failed(clock.nanos(), Permit.UNTIMED, "INTERNAL")).isNull();
    }
    assertThat(acquire().failed(clock.nanos(), Permit.UNTIMED, "INTERNAL"))
        .isEqualTo(
            new Transition(
                Name.CLOSED,
                Name.OPEN,
                TransitionCause.CONSECUTIVE_FAILURES,
                "5 failures in a row, last INTERNAL"));
    clock.advance(Duration.ofSeconds(6));

    Permit first = acquire();
    assertThat(first.admission())
        .extracting(Transition::to, Transition::cause)
        .containsExactly(Name.HALF_OPEN, TransitionCause.OPEN_TIME_OVER);
    assertThat(first.succeeded(clock.nanos(), Permit.UNTIMED)).isNull();
    assertThat(acquire().admission()).isNull();
  }

  @Test
  void opensWhenHalfOfTwentyCallsInTheWindowAreSlowThoughNoneFails() {
    breaker = breaker(BreakerSettings.DEFAULT.withSlowCalls(Duration.ofMillis(200), 0.5));
    for (int i = 0; i < 19; i++) {
      acquire().succeeded(clock.nanos(), i % 2 == 0 ? 200_000_000 : 199_999_999);
      clock.advanceMillis(400);
    }
    assertThat(state()).isEqualTo(Name.CLOSED);
    acquire().succeeded(clock.nanos(), 300_000_000);

    assertThat(transitions).containsExactly("CLOSED->OPEN slow_call_rate");
    assertThat(breaker.computed().cause()).isEqualTo("11 of 20 calls took 200 ms or more in 10 s");
  }

  @Test
  void aSlowProbeHasFailed() {
    breaker = breaker(BreakerSettings.DEFAULT.withSlowCalls(Duration.ofMillis(200), 0.5));
    open();
    clock.advance(Duration.ofSeconds(6));
    acquire().succeeded(clock.nanos(), 250_000_000);

    assertThat(state()).isEqualTo(Name.OPEN);
    assertThat(breaker.computed().cause()).isEqualTo("probe failed: it took 250 ms");
  }

  @Test
  void withoutASlownessNothingIsSlow() {
    for (int i = 0; i < 100; i++) {
      acquire().succeeded(clock.nanos(), Duration.ofHours(1).toNanos());
    }

    assertThat(state()).isEqualTo(Name.CLOSED);
  }

  @Test
  void eachFailedProbeDoublesTheOpenTimeUpToItsMaximum() {
    open();
    List<Long> seconds = new ArrayList<>();
    for (int i = 0; i < 6; i++) {
      BreakerView view = breaker.computed();
      seconds.add(Math.round((view.probeAtNanos() - view.sinceNanos()) / 1e9));
      clock.advance(Duration.ofNanos(view.probeAtNanos() - clock.nanos()));
      fail("UNAVAILABLE");
    }

    for (int i = 0; i < seconds.size(); i++) {
      double base = Math.min(60, 5 << i);
      assertThat((double) seconds.get(i)).isBetween(base * 0.8 - 1, base * 1.2 + 1);
    }
  }

  @Test
  void closingStartsTheOpenTimeOver() {
    open();
    clock.advance(Duration.ofSeconds(6));
    fail("UNAVAILABLE");
    clock.advance(Duration.ofSeconds(12));
    for (int i = 0; i < 3; i++) {
      succeed();
    }
    open();

    BreakerView view = breaker.computed();
    assertThat(view.probeAtNanos() - view.sinceNanos())
        .isLessThanOrEqualTo(Duration.ofSeconds(6).toNanos());
  }

  @Test
  void outcomesOfAnEarlierStateChangeNothing() {
    Permit early = acquire();
    open();
    clock.advance(Duration.ofSeconds(6));
    Permit probe = acquire();
    early.failed(clock.nanos(), Permit.UNTIMED, "UNAVAILABLE");

    assertThat(state()).isEqualTo(Name.HALF_OPEN);
    probe.released();
  }

  @Test
  void switchedOffItNeverOpens() {
    breaker = breaker(BreakerSettings.DEFAULT.withEnabled(false));
    for (int i = 0; i < 100; i++) {
      fail("UNAVAILABLE");
    }

    assertThat(state()).isEqualTo(Name.CLOSED);
  }

  private void open() {
    for (int i = 0; i < 5; i++) {
      fail("UNAVAILABLE");
    }
    assertThat(state()).isEqualTo(Name.OPEN);
  }

  private void fail(String cause) {
    acquire().failed(clock.nanos(), Permit.UNTIMED, cause);
  }

  private void succeed() {
    acquire().succeeded(clock.nanos(), Permit.UNTIMED);
  }

  private Permit acquire() {
    return Objects.requireNonNull(breaker.acquire(clock.nanos()), "permit");
  }

  private Name state() {
    return breaker.computed().state();
  }

  private SlidingWindowBreaker breaker(BreakerSettings settings) {
    return new SlidingWindowBreaker(
        settings,
        clock.nanos(),
        new Random(5),
        change ->
            transitions.add(change.from() + "->" + change.to() + " " + change.cause().label()));
  }
}
