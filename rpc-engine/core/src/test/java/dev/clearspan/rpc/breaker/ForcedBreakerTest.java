package dev.clearspan.rpc.breaker;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.Timestamp;
import dev.clearspan.protocol.BreakerState;
import dev.clearspan.protocol.ForcedBreakers;
import dev.clearspan.rpc.breaker.BreakerView.Name;
import dev.clearspan.rpc.breaker.CircuitBreaker.Permit;
import dev.clearspan.rpc.time.FakeClock;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.Random;
import org.junit.jupiter.api.Test;

class ForcedBreakerTest {
  private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");

  private final FakeClock clock = new FakeClock();
  private final SlidingWindowBreaker computed =
      new SlidingWindowBreaker(BreakerSettings.DEFAULT, clock.nanos(), new Random(1), change -> {});

  @Test
  void withoutForceItIsTheComputedOne() {
    assertThat(ForcedBreaker.of(computed, null)).isSameAs(computed);
  }

  @Test
  void forcedOpenRefusesWhateverTheOutcomesSaid() {
    CircuitBreaker breaker = forced(ForcedState.Kind.OPEN);

    assertThat(breaker.permits(clock.nanos())).isFalse();
    assertThat(breaker.acquire(clock.nanos())).isNull();
    assertThat(breaker.computed().state()).isEqualTo(Name.CLOSED);
  }

  @Test
  void forcedClosedAdmitsWhileTheComputedStateGoesItsOwnWay() {
    CircuitBreaker breaker = forced(ForcedState.Kind.CLOSED);
    for (int i = 0; i < 20; i++) {
      acquire(breaker).failed(clock.nanos(), Permit.UNTIMED, "UNAVAILABLE");
    }

    assertThat(breaker.permits(clock.nanos())).isTrue();
    assertThat(breaker.computed().state()).isEqualTo(Name.OPEN);
    clock.advance(Duration.ofSeconds(7));
    for (int i = 0; i < 3; i++) {
      acquire(breaker).succeeded(clock.nanos(), Permit.UNTIMED);
    }
    assertThat(breaker.computed().state()).isEqualTo(Name.CLOSED);
  }

  @Test
  void disabledCountsButNeverOpens() {
    CircuitBreaker breaker = forced(ForcedState.Kind.DISABLED);
    for (int i = 0; i < 30; i++) {
      acquire(breaker).failed(clock.nanos(), Permit.UNTIMED, "UNAVAILABLE");
    }
    assertThat(breaker.computed().state()).isEqualTo(Name.CLOSED);

    acquire(computed).failed(clock.nanos(), Permit.UNTIMED, "UNAVAILABLE");

    assertThat(computed.computed().cause())
        .isEqualTo("31 of 31 calls failed in 10 s, last UNAVAILABLE");
  }

  @Test
  void forcedHalfOpenAdmitsOneAtATime() {
    CircuitBreaker breaker = forced(ForcedState.Kind.HALF_OPEN);
    Permit first = acquire(breaker);

    assertThat(breaker.permits(clock.nanos())).isFalse();
    assertThat(breaker.acquire(clock.nanos())).isNull();
    first.succeeded(clock.nanos(), Permit.UNTIMED);

    acquire(breaker).released();
    assertThat(breaker.permits(clock.nanos())).isTrue();
  }

  @Test
  void theFirstEntryThatMatchesWins() {
    ForcedBreakers.Builder document = ForcedBreakers.newBuilder();
    document.addForcedBuilder().setCaller("cart").setState(BreakerState.OPEN);
    document
        .addForcedBuilder()
        .setMethod("shop.Payments/Charge")
        .setInstance("p-1")
        .setState(BreakerState.DISABLED);
    document.addForcedBuilder().setMethod("shop.Payments/Charge").setState(BreakerState.CLOSED);
    document.addForcedBuilder().setState(BreakerState.OPEN);
    ForcedStates states = ForcedStates.of(document.build(), "orders", NOW);

    assertThat(kind(states, "shop.Payments/Charge", "p-1")).isEqualTo(ForcedState.Kind.DISABLED);
    assertThat(kind(states, "shop.Payments/Charge", "p-2")).isEqualTo(ForcedState.Kind.CLOSED);
    assertThat(kind(states, "shop.Payments/Refund", "p-2")).isEqualTo(ForcedState.Kind.OPEN);
  }

  @Test
  void expiredEntriesAndEntriesWithoutStateAreSkipped() {
    ForcedBreakers.Builder document = ForcedBreakers.newBuilder();
    document
        .addForcedBuilder()
        .setState(BreakerState.OPEN)
        .setExpiresAt(Timestamp.newBuilder().setSeconds(NOW.getEpochSecond()));
    document.addForcedBuilder();

    ForcedStates states = ForcedStates.of(document.build(), "orders", NOW);

    assertThat(states.find("shop.Payments/Charge", "p-1")).isNull();
    assertThat(states.expiries()).isEmpty();
  }

  private static ForcedState.Kind kind(ForcedStates states, String method, String instance) {
    return Objects.requireNonNull(states.find(method, instance), "forced").kind();
  }

  private CircuitBreaker forced(ForcedState.Kind kind) {
    return ForcedBreaker.of(computed, new ForcedState(kind, "because", "ann", null));
  }

  private Permit acquire(CircuitBreaker breaker) {
    return Objects.requireNonNull(breaker.acquire(clock.nanos()), "permit");
  }
}
