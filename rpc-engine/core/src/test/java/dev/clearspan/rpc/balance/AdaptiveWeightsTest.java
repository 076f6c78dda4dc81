package dev.clearspan.rpc.balance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What reported load makes of weights. */
class AdaptiveWeightsTest {
  private static final AdaptiveSettings ON = AdaptiveSettings.DEFAULT.withEnabled(true);
  private static final LoadReport USUAL = report(0.4, 0.3, 10, 2);

  @Test
  void equalsKeepTheirWeights() {
    assertThat(factors(USUAL, USUAL, USUAL)).containsExactly(1, 1, 1);
  }

  @Test
  void weightsFromCpuMemoryAndResponseTime() {
    assertThat(second(factors(USUAL, report(0.8, 0.3, 10, 2), USUAL)))
        .isCloseTo(3 / 4.0, within(1e-9));
    assertThat(second(factors(USUAL, report(0.4, 0.9, 10, 2), USUAL))).isCloseTo(0.5, within(1e-9));
    assertThat(second(factors(USUAL, report(0.4, 0.3, 10, 8), USUAL)))
        .isCloseTo(3 / 6.0, within(1e-9));
    assertThat(second(factors(USUAL, report(0.4, 0.3, 32, 2), USUAL)))
        .isCloseTo(3 / 5.0, within(1e-9));
    assertThat(second(factors(USUAL, report(0.2, 0.3, 4, 1), USUAL))).isGreaterThan(1.5);
  }

  @Test
  void factorsHaveBounds() {
    LoadReport full = report(1, 1, 10_000, 10_000);
    LoadReport idle = report(0, 0, 0, 0);

    assertThat(second(factors(USUAL, full, USUAL))).isEqualTo(ON.lowest());
    assertThat(second(factors(USUAL, idle, USUAL))).isEqualTo(ON.highest());
  }

  @Test
  void oneThatLiesMovesNobodyElse() {
    LoadReport liar = new LoadReport(Double.NaN, 0.3, Integer.MAX_VALUE, 0, Long.MAX_VALUE, 0);

    double[] factors = factors(USUAL, liar, USUAL, USUAL);

    assertThat(factors).containsExactly(1, ON.lowest(), 1, 1);
  }

  @Test
  void whoSaysNothingKeepsItsWeight() {
    assertThat(factors(USUAL, null, report(0.8, 0.3, 10, 2))[1]).isEqualTo(1);
    assertThat(factors(null, null)).containsExactly(1, 1);
    assertThat(factors(report(1, 0.3, 500, 90))).containsExactly(1);
  }

  @Test
  void anOldReportCountsAsNone() {
    long expiry = ON.expiry().toNanos();

    assertThat(LoadComparison.fresh(USUAL, ON, expiry)).isEqualTo(USUAL);
    assertThat(LoadComparison.fresh(USUAL, ON, expiry + 1)).isNull();
  }

  @Test
  void callsInFlightAreSeenForTheWeight() {
    double[] factors =
        LoadComparison.factors(
            ON, List.of(report(0.4, 0.3, 29, 2), report(0.4, 0.3, 9, 2)), new double[] {3, 1});

    assertThat(factors).containsExactly(1, 1);
  }

  @Test
  void aFactorMovesHalfOfTheWayInItsTime() {
    AdaptiveFactor factor = new AdaptiveFactor(0);
    long half = ON.halfLife().toNanos();

    assertThat(factor.move(0.2, ON, half)).isTrue();
    assertThat(factor.inForce()).isEqualTo(1);
    factor.apply();
    assertThat(factor.inForce()).isCloseTo(0.6, within(1e-9));
    assertThat(factor.move(0.2, ON, 2 * half)).isTrue();
    factor.apply();

    assertThat(factor.inForce()).isCloseTo(0.4, within(1e-9));
  }

  @Test
  void whatIsHardlyNoticeableIsNotPutInForce() {
    AdaptiveFactor factor = new AdaptiveFactor(0);

    assertThat(factor.move(1.01, ON, Duration.ofMinutes(1).toNanos())).isFalse();
    assertThat(factor.inForce()).isEqualTo(1);
  }

  private static double second(double[] factors) {
    return factors[1];
  }

  private static double[] factors(@Nullable LoadReport... reports) {
    double[] weights = new double[reports.length];
    Arrays.fill(weights, 100);
    return LoadComparison.factors(ON, new ArrayList<>(Arrays.asList(reports)), weights);
  }

  private static LoadReport report(double cpu, double memory, int inFlight, long millis) {
    return new LoadReport(cpu, memory, inFlight, 0, Duration.ofMillis(millis).toNanos(), 0);
  }
}
