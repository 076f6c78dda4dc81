package dev.clearspan.simulate.measure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.assertj.core.data.Percentage;
import org.junit.jupiter.api.Test;

class LatencyHistogramTest {
  private final LatencyHistogram histogram = new LatencyHistogram();

  @Test
  void quantilesAreOffByThreePercentAtMost() {
    for (int millis = 1; millis <= 1_000; millis++) {
      histogram.record(millis * 1_000_000L);
    }

    assertThat(histogram.quantileMillis(0.5)).isCloseTo(500, Percentage.withPercentage(3.2));
    assertThat(histogram.quantileMillis(0.99)).isCloseTo(990, Percentage.withPercentage(3.2));
    assertThat(histogram.total()).isEqualTo(1_000);
  }

  @Test
  void nothingMeasuredIsZero() {
    assertThat(histogram.quantileMillis(0.5)).isCloseTo(0, within(0.0));
  }
}
