package dev.clearspan.rpc.outlier;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import org.assertj.core.data.Percentage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TallyTest {
  private final Tally tally = new Tally(() -> {});

  @Test
  void countsCallsFailuresAndTheMedianOfWhatWentWell() {
    for (int millis : new int[] {1, 2, 100, 3, 200}) {
      tally.succeeded(Duration.ofMillis(millis).toNanos());
    }
    tally.succeeded(-1);
    tally.failed();
    tally.failed();

    Tally.Sum sum = tally.drain();

    assertThat(sum.calls()).isEqualTo(8);
    assertThat(sum.failures()).isEqualTo(2);
    assertThat(sum.timed()).isEqualTo(5);
    assertThat(sum.medianNanos()).isCloseTo(3e6, Percentage.withPercentage(13));
    assertThat(tally.drain().calls()).isZero();
  }

  @ParameterizedTest
  @ValueSource(longs = {1_100, 25_000, 999_999, 1_000_001, 77_000_000, 5_000_000_000L})
  void aMedianIsRightToThirteenPercent(long nanos) {
    tally.succeeded(nanos);

    assertThat(tally.drain().medianNanos()).isCloseTo(nanos, Percentage.withPercentage(13));
  }

  @Test
  void takesTheShortestAndTheLongestTimes() {
    tally.succeeded(0);
    tally.succeeded(Long.MAX_VALUE / 8);

    assertThat(tally.drain().timed()).isEqualTo(2);
  }

  @Test
  void losesNothingWhileItIsDrained() throws InterruptedException {
    CountDownLatch done = new CountDownLatch(2);
    for (int thread = 0; thread < 2; thread++) {
      new Thread(
              () -> {
                for (int i = 0; i < 20_000; i++) {
                  tally.succeeded(i);
                }
                done.countDown();
              })
          .start();
    }
    int calls = 0;
    while (done.getCount() > 0) {
      calls += tally.drain().calls();
    }
    calls += tally.drain().calls();

    assertThat(calls).isEqualTo(40_000);
  }
}
