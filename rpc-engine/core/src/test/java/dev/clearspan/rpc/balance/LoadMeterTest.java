package dev.clearspan.rpc.balance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.clearspan.rpc.time.FakeClock;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class LoadMeterTest {
  private final FakeClock clock = new FakeClock();
  private final LoadMeter load = new LoadMeter();

  @Test
  void risesAtOnceAndFallsWithATimeConstantOfTenSeconds() {
    reply(10, true);
    reply(100, true);
    assertThat(millis()).isCloseTo(100, within(0.1));

    clock.advance(Duration.ofSeconds(10));

    assertThat(millis()).isCloseTo(100 / Math.E, within(0.1));
    reply(10, true);
    assertThat(millis()).isCloseTo(100 / Math.E + 10 * (1 - 1 / Math.E), within(0.1));
  }

  @Test
  void failingFastIsNotBeingFast() {
    reply(100, true);
    clock.advance(Duration.ofSeconds(1));
    double before = millis();
    for (int i = 0; i < 50; i++) {
      reply(1, false);
    }

    assertThat(millis()).isEqualTo(before);
    reply(500, false);
    assertThat(millis()).isCloseTo(500, within(0.1));
  }

  @Test
  void aLatencyForgottenIsUnknown_untilTheNextReply() {
    reply(1_000, false);
    load.forget();
    assertThat(millis()).isZero();

    reply(10, true);
    assertThat(millis()).isCloseTo(10, within(0.1));
  }

  @Test
  void countsWhatIsOutstanding() {
    load.began();
    load.began();
    load.ended();

    assertThat(load.outstanding()).isEqualTo(1);
  }

  private void reply(long millis, boolean success) {
    load.began();
    load.ended(Duration.ofMillis(millis).toNanos(), success, clock.nanos());
  }

  private double millis() {
    return load.latencyNanos(clock.nanos()) / 1e6;
  }
}
