package dev.clearspan.console.intake;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class CountedRateTest {
  private long nanos;
  private final CountedRate rate = new CountedRate(() -> nanos);

  private void pass(long millis) {
    nanos += TimeUnit.MILLISECONDS.toNanos(millis);
  }

  @Test
  void tellsTheMeanOfTheSecondsThatAreOver() {
    rate.add(30);
    assertThat(rate.perSecond()).as("the first second still runs").isZero();
    pass(1_000);
    assertThat(rate.perSecond()).isEqualTo(30);
    rate.add(10);
    pass(1_000);
    assertThat(rate.perSecond()).isEqualTo(20);
    assertThat(rate.total()).isEqualTo(40);
  }

  @Test
  void forgetsWhatIsOlderThanTenSeconds() {
    for (int second = 0; second < 25; second++) {
      rate.add(second < 15 ? 1_000 : 7);
      pass(1_000);
    }
    assertThat(rate.perSecond()).isEqualTo(7);
    pass(11_000);
    assertThat(rate.perSecond()).isZero();
    assertThat(rate.total()).isEqualTo(15 * 1_000 + 10 * 7);
  }

  @Test
  void aLongSilenceLeavesNothingBehind() {
    rate.add(5);
    pass(3_600_000);
    rate.add(20);
    pass(1_000);
    assertThat(rate.perSecond()).isEqualTo(2);
  }
}
