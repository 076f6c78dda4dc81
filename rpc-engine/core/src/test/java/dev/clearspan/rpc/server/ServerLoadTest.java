package dev.clearspan.rpc.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.clearspan.rpc.balance.LoadReport;
import dev.clearspan.rpc.time.FakeClock;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/** What a server says of its load, and how often it looks. */
class ServerLoadTest {
  private static final int PROCESSORS = Runtime.getRuntime().availableProcessors();

  private final FakeClock clock = new FakeClock();
  private final AtomicLong cpu = new AtomicLong();
  private double memory = 0.2;
  private final AtomicInteger looks = new AtomicInteger();
  private final ServerLoad load =
      new ServerLoad(
          () -> 12,
          () -> 3,
          clock,
          () -> {
            looks.incrementAndGet();
            return cpu.get();
          },
          this::memory);

  @Test
  void looksAtMostEveryHundredMilliseconds() {
    looks.set(0);
    for (int i = 0; i < 100; i++) {
      clock.advance(Duration.ofMillis(10));
      LoadReport unused = load.read();
    }

    assertThat(looks).hasValueBetween(9, 10);
  }

  @Test
  void tellsShareOfAllProcessorsCallsAndQueue() {
    LoadReport report = afterSecondsOf(0.5, 1);

    assertThat(report.cpu()).isCloseTo(0.5, within(0.001));
    assertThat(report.inFlight()).isEqualTo(12);
    assertThat(report.queued()).isEqualTo(3);
    assertThat(report.ageNanos(clock.nanos())).isZero();
  }

  @Test
  void aChangeShowsWithinSeconds() {
    afterSecondsOf(0.2, 1);

    assertThat(afterSecondsOf(1, 1).cpu()).isBetween(0.6, 0.8);
    assertThat(afterSecondsOf(1, 5).cpu()).isGreaterThan(0.99);
  }

  @Test
  void tellsTheMeanTimeOfHandlersAndKeepsItWhileNothingRuns() {
    load.handled(4, 8_000_000);
    assertThat(afterSecondsOf(0, 1).handlerNanos()).isEqualTo(2_000_000);
    assertThat(afterSecondsOf(0, 10).handlerNanos()).isEqualTo(2_000_000);

    load.handled(1, 20_000_000);
    assertThat(afterSecondsOf(0, 1).handlerNanos()).isBetween(10_000_000L, 15_000_000L);
  }

  @Test
  void whoCannotTellItsProcessorTimeSaysSo() {
    ServerLoad blind = new ServerLoad(() -> 0, () -> 0, clock, () -> -1, () -> Double.NaN);
    clock.advance(Duration.ofSeconds(1));

    assertThat(blind.read().cpu()).isNaN();
    assertThat(blind.read().memory()).isNaN();
  }

  @Test
  void memoryIsWhatStaysWhenGarbageIsCollected() {
    for (int second = 0; second < 60; second++) {
      memory = 0.2 + second % 4 * 0.2;
      assertThat(afterSecondsOf(0, 1).memory()).isLessThan(0.35);
    }

    memory = 0.9;
    assertThat(afterSecondsOf(0, 60).memory()).isGreaterThan(0.89);
    memory = 0.3;
    assertThat(afterSecondsOf(0, 1).memory()).isEqualTo(0.3);
  }

  private double memory() {
    return memory;
  }

  /** Lets the process use this share of all processors, a second at a time. */
  private LoadReport afterSecondsOf(double share, int seconds) {
    LoadReport report = load.read();
    for (int i = 0; i < seconds; i++) {
      cpu.addAndGet((long) (share * PROCESSORS * 1e9));
      clock.advance(Duration.ofSeconds(1));
      report = load.read();
    }
    return report;
  }
}
