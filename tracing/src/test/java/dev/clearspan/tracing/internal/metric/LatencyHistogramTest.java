package dev.clearspan.tracing.internal.metric;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

final class LatencyHistogramTest {
  private final LatencyHistogram histogram = new LatencyHistogram();

  @Test
  void boundsGoFromTenMicrosecondsToAHundredSeconds() {
    List<Double> bounds = LatencyHistogram.BOUNDS_SECONDS;

    assertThat(bounds).hasSize(40).isSorted().startsWith(0.00001).endsWith(100.0);
  }

  @Test
  void aBoundBelongsToTheBucketBelowIt() {
    histogram.record(10_000);
    histogram.record(10_001);

    assertThat(histogram.counts().buckets()).startsWith(1L, 1L, 0L);
  }

  @Test
  void whatIsLongerThanTheLastBoundIsStillCounted() {
    histogram.record(200_000_000_000L);

    assertThat(histogram.counts().buckets()).endsWith(0L, 1L);
    assertThat(histogram.counts().sumSeconds()).isEqualTo(200);
  }

  @Test
  void aClockThatRanBackwardsDoesNotMakeTheSumSmaller() {
    histogram.record(-5);

    assertThat(histogram.counts().count()).isEqualTo(1);
    assertThat(histogram.counts().sumSeconds()).isZero();
  }
}
