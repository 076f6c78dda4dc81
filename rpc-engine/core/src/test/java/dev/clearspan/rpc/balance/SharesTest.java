package dev.clearspan.rpc.balance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntToDoubleFunction;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Shares within one point of the weights, over 100,000 picks with a seed. */
class SharesTest {
  private static final int PICKS = 100_000;

  static Stream<Arguments> weights() {
    return Stream.of(
            Named.of("even", new double[] {1, 1, 1}),
            Named.of("uneven", new double[] {5, 1, 1, 300, 0, 17.5}),
            Named.of("two extremes", new double[] {10_000, 1, 9_999}),
            Named.of("a thousand, uneven", thousand(i -> 1 + i * 37 % 1_000)),
            Named.of("a thousand, one heavy", thousand(i -> i == 500 ? 10_000 : 1)),
            Named.of("a thousand, few heavy", thousand(i -> i % 100 == 0 ? 10_000 : 0.001)))
        .map(Arguments::of);
  }

  @ParameterizedTest
  @MethodSource("weights")
  void smoothWeightedRoundRobin(double[] weights) {
    assertShares(weights, new SmoothWeightedRoundRobin(weights, new AtomicInteger(12_345)));
  }

  @ParameterizedTest
  @MethodSource("weights")
  void weightedRandom(double[] weights) {
    assertShares(weights, new WeightedRandom(weights, new Random(12_345)));
  }

  @ParameterizedTest
  @MethodSource("weights")
  void aScheduleHasAnEnd(double[] weights) {
    int most = Schedule.roundOf(weights.length) + weights.length;

    assertThat(Schedule.of(weights, 0).length()).isLessThanOrEqualTo(most);
  }

  private static void assertShares(double[] weights, Balancer balancer) {
    int[] picks = new int[weights.length];
    for (int i = 0; i < PICKS; i++) {
      picks[balancer.pick(index -> true)]++;
    }
    double sum = Arrays.stream(weights).sum();
    for (int i = 0; i < weights.length; i++) {
      assertThat(picks[i] * 100.0 / PICKS)
          .as("share of %d", i)
          .isCloseTo(weights[i] * 100 / sum, within(1.0));
    }
  }

  private static double[] thousand(IntToDoubleFunction weight) {
    return IntStream.range(0, 1_000).mapToDouble(weight).toArray();
  }
}
