package dev.clearspan.rpc.limit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.clearspan.rpc.Criticality;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** What a server takes under load, on a model of it with a clock of its own. */
class OverloadControlTest {
  private static final int THREADS = 16;
  private static final double CAPACITY = 1_600;

  @Test
  void constantTimeoutsLowerTheLimitAndNeverRaiseIt() {
    ServerModel hangs = new ServerModel(10_000, () -> ServerModel.DEADLINE);
    hangs.load(500, 60, Criticality.CRITICAL);

    List<Integer> limits = hangs.limitBySecond;
    for (int i = 1; i < limits.size(); i++) {
      assertThat(limits.get(i)).isLessThanOrEqualTo(limits.get(i - 1));
    }
    assertThat(limits.get(59)).isEqualTo(AdaptiveSettings.DEFAULT.min());
  }

  @Test
  void dropsLowerTheLimitThoughNothingWaitsForAThread() {
    ServerModel hangs = new ServerModel(10_000, () -> ServerModel.DEADLINE);
    hangs.load(500, 6, Criticality.CRITICAL);

    assertThat(hangs.limitBySecond.get(5)).isLessThan(400);
  }

  @Test
  void whenTheDependencyIsBackTheLimitRisesAtOnce() {
    AtomicInteger millis = new AtomicInteger(1_000);
    ServerModel server = new ServerModel(10_000, () -> millis.get() * ServerModel.SECOND / 1_000);
    server.load(500, 30, Criticality.CRITICAL);
    millis.set(100);
    server.load(500, 10, Criticality.CRITICAL);

    assertThat(server.goodBySecond.get(33)).isGreaterThan(470);
  }

  @Test
  void mildOverloadDoesNotLetTheLimitCreepUp() {
    ServerModel server = ServerModel.of(THREADS);
    server.load(1.1 * CAPACITY, 300, Criticality.CRITICAL);

    int early = most(server.limitBySecond.subList(20, 80));
    int late = most(server.limitBySecond.subList(240, 300));
    assertThat(early).isLessThan(500);
    assertThat(late).isLessThanOrEqualTo((int) (1.3 * early));
    assertThat(mean(server.goodBySecond.subList(240, 300))).isGreaterThan(0.95 * CAPACITY);
  }

  @Test
  void threefoldOverloadForHalfAMinuteCostsLittleAndLeavesNothing() {
    ServerModel server = ServerModel.of(THREADS);
    server.load(0.7 * CAPACITY, 10, Criticality.CRITICAL);
    server.load(3 * CAPACITY, 30, Criticality.CRITICAL);
    int refused = server.all(server.refused);
    server.load(0.7 * CAPACITY, 20, Criticality.CRITICAL);

    assertThat(mean(server.goodBySecond.subList(10, 40))).isGreaterThan(0.9 * CAPACITY);
    assertThat(mean(server.goodBySecond.subList(41, 51))).isGreaterThan(0.99 * 0.7 * CAPACITY);
    assertThat(refused).isGreaterThan((int) (1.5 * CAPACITY * 30));
    assertThat(server.all(server.refused) - refused).isLessThan(100);
  }

  @Test
  void theLesserClassesAreShedFirst() {
    ServerModel server = ServerModel.of(THREADS);
    server.load(3 * CAPACITY, 60, Criticality.values());

    assertThat(served(server, Criticality.CRITICAL_PLUS)).isGreaterThan(0.95);
    assertThat(served(server, Criticality.CRITICAL)).isBetween(0.2, 0.6);
    assertThat(served(server, Criticality.SHEDDABLE_PLUS)).isLessThan(0.1);
    assertThat(served(server, Criticality.SHEDDABLE)).isLessThan(0.1);
  }

  @Test
  void slowHandlersAreNoOverload() {
    ServerModel database = new ServerModel(256, () -> 900 * ServerModel.SECOND / 1_000);
    database.callers(200, 60);
    assertThat(database.all(database.refused)).isZero();

    // A few more than threads: they wait, but little beside their own work.
    ServerModel crowded = new ServerModel(256, () -> 700 * ServerModel.SECOND / 1_000);
    crowded.callers(300, 60);
    assertThat(crowded.all(crowded.refused)).isZero();
  }

  @Test
  void burstsThatAreSoonWorkedOffAreNotShed() {
    ServerModel server = new ServerModel(2, () -> 5 * ServerModel.SECOND / 1_000);
    for (int i = 0; i < 30; i++) {
      server.burst(300);
      server.idle(1_000);
    }

    assertThat(server.all(server.good)).isEqualTo(30 * 300);
  }

  @Test
  void callersThatWaitForEachOtherButNotForLongAreNoOverload() {
    ServerModel server = new ServerModel(2, () -> ServerModel.SECOND / 1_000);
    server.callers(256, 20);

    assertThat(server.all(server.refused)).isZero();
  }

  @Test
  void aFewCallersAreNeverOverload() {
    ServerModel server = new ServerModel(2, () -> 50 * ServerModel.SECOND / 1_000);
    server.callers(16, 60);

    assertThat(server.all(server.refused)).isZero();
  }

  @Test
  void afterTenQuietSecondsAllIsForgotten() {
    ServerModel server = ServerModel.of(THREADS);
    server.load(3 * CAPACITY, 10, Criticality.CRITICAL);
    assertThat(server.control.view().lowered()).isTrue();

    server.load(0.2 * CAPACITY, 12, Criticality.CRITICAL);
    assertThat(server.control.view())
        .extracting(OverloadControl.View::lowered, OverloadControl.View::queueStands)
        .containsExactly(false, false);
  }

  @Test
  void otherSettingsHoldAtOnce() {
    OverloadControl control = new OverloadControl(LimitSettings.DEFAULT, () -> {});
    assertThat(control.mostInFlight(Criticality.SHEDDABLE)).isEqualTo(Integer.MAX_VALUE);

    control.settings(settings(true, 100));
    assertThat(control.mostInFlight(Criticality.CRITICAL)).isEqualTo(100);
    assertThat(control.mostInFlight(Criticality.SHEDDABLE)).isEqualTo(75);
    assertThat(control.longestWaitNanos(Criticality.CRITICAL)).isEqualTo(ServerModel.SECOND / 20);

    control.settings(settings(false, 100));
    assertThat(control.mostInFlight(Criticality.CRITICAL)).isEqualTo(Integer.MAX_VALUE);
  }

  @Test
  void whoeverListensHearsWhenRefusingBeginsAndEnds() {
    AtomicInteger changes = new AtomicInteger();
    OverloadControl control = new OverloadControl(LimitSettings.DEFAULT, changes::incrementAndGet);
    long now = 0;
    for (int i = 0; i < 200; i++) {
      now += ServerModel.SECOND / 100;
      control.started(now - ServerModel.SECOND / 4, now, 50);
    }
    assertThat(control.view().queueStands()).isTrue();
    assertThat(changes).hasValue(1);

    for (int i = 0; i < 2_000; i++) {
      now += ServerModel.SECOND / 100;
      control.started(now, now, 5);
    }
    assertThat(control.view().queueStands()).isFalse();
    assertThat(changes).hasValue(2);
  }

  private static LimitSettings settings(boolean enabled, int max) {
    LimitSettings or = LimitSettings.DEFAULT;
    return new LimitSettings(
        new AdaptiveSettings(enabled, 16, max), Duration.ofMillis(50), or.fixed(), or.throttle());
  }

  private static double served(ServerModel server, Criticality criticality) {
    return (double) server.good.getOrDefault(criticality, 0)
        / server.sent.getOrDefault(criticality, 1);
  }

  private static double mean(List<Integer> values) {
    return values.stream().mapToInt(Integer::intValue).average().orElseThrow();
  }

  private static int most(List<Integer> values) {
    return values.stream().mapToInt(Integer::intValue).max().orElseThrow();
  }
}
