package dev.clearspan.tracing.internal.metric;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

final class BucketsTest {
  @Test
  void boundsGoFromTenMicrosecondsToAHundredSeconds() {
    assertThat(Buckets.DURATION.bounds())
        .hasSize(40)
        .isSorted()
        .startsWith(0.00001)
        .endsWith(100.0);
    assertThat(Buckets.SIZE.bounds()).hasSize(12).isSorted().startsWith(1024.0);
  }

  @Test
  void aBoundBelongsToTheBucketBelowIt() {
    assertThat(Buckets.DURATION.indexOf(10_000)).isEqualTo(0);
    assertThat(Buckets.DURATION.indexOf(10_001)).isEqualTo(1);
    assertThat(Buckets.DURATION.indexOf(100_000_000_000L)).isEqualTo(39);
  }

  @Test
  void whatIsBeyondTheBoundsStillHasABucket() {
    assertThat(Buckets.DURATION.indexOf(200_000_000_000L)).isEqualTo(40);
    assertThat(Buckets.DURATION.indexOf(Long.MAX_VALUE)).isEqualTo(40);
    assertThat(Buckets.DURATION.indexOf(0)).isZero();
    assertThat(Buckets.DURATION.indexOf(Long.MIN_VALUE)).isZero();
  }

  @ParameterizedTest
  @EnumSource
  void theTableFindsWhatASearchWouldFind(Buckets buckets) {
    Random random = new Random(1);
    for (int i = 0; i < 100_000; i++) {
      long value = random.nextLong() >>> random.nextInt(Long.SIZE);
      assertThat(buckets.indexOf(value))
          .as("%s of %d", buckets, value)
          .isEqualTo(search(buckets, value));
    }
    for (double bound : buckets.bounds()) {
      long limit = Math.round(bound / buckets.told(1));
      for (long value = limit - 1; value <= limit + 1; value++) {
        assertThat(buckets.indexOf(value)).isEqualTo(search(buckets, value));
      }
    }
  }

  private static int search(Buckets buckets, long value) {
    return (int)
        buckets.bounds().stream()
            .filter(bound -> Math.round(bound / buckets.told(1)) < value)
            .count();
  }
}
