package dev.clearspan.rpc.retry;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.LongSummaryStatistics;
import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class BackoffTest {
  private final Random random = new Random(3);

  @Test
  void doublesUpToItsMaximumWithFullJitter() {
    assertBound(1, 100);
    assertBound(2, 200);
    assertBound(3, 400);
    assertBound(4, 800);
    assertBound(5, 1_000);
    assertBound(60, 1_000);
  }

  private void assertBound(int retry, long boundMillis) {
    LongSummaryStatistics waits =
        LongStream.range(0, 2_000)
            .map(i -> Backoff.nanos(RetrySettings.DEFAULT, retry, random))
            .summaryStatistics();
    long bound = Duration.ofMillis(boundMillis).toNanos();

    assertThat(waits.getMin()).isBetween(0L, bound / 20);
    assertThat(waits.getMax()).isBetween(bound * 19 / 20, bound);
    assertThat(waits.getAverage()).isBetween(bound * 0.47, bound * 0.53);
  }
}
