package dev.clearspan.simulate.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import dev.clearspan.simulate.scenario.Scenario.Size;
import java.time.Duration;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class FleetTest {
  @Test
  @Tag("full")
  void tenMinutesOfTenThousandClientsAndAHundredServersTakeLessThanAMinute() {
    long began = System.nanoTime();

    Play play = new Balance(600).play(new Size(10_000, 100), 1, (second, seconds) -> {});

    assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(Duration.ofMinutes(1));
    assertThat(play.checks()).isNotEmpty().allMatch(Check::isMet);
  }
}
