package dev.clearspan.rpc.balance;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class SmoothWeightedRoundRobinTest extends BalancerContract {
  @Override
  protected Balancer balancer(double... weights) {
    return new SmoothWeightedRoundRobin(weights, new AtomicInteger(12_345));
  }

  @Override
  protected double tolerance() {
    return 0.5;
  }

  @Test
  void spreadsTheHeavyOneBetweenTheOthers() {
    assertThat(sequence(14, 5, 1, 1)).isEqualTo("abaaacaabaaaca");
  }

  @Test
  void equalWeightsAreAPlainRotation() {
    assertThat(sequence(9, 100, 100, 100)).isEqualTo("bacbacbac");
  }

  @Test
  void theCursorGoesOnAcrossBalancersAndOverItsRange() {
    AtomicInteger cursor = new AtomicInteger(-2);
    String first = take(new SmoothWeightedRoundRobin(new double[] {1, 1}, cursor), 3);
    String second = take(new SmoothWeightedRoundRobin(new double[] {1, 1}, cursor), 3);

    assertThat(first + second).isEqualTo("bababa");
  }

  @Test
  void theNextPickUsesTheNewWeights() {
    AtomicInteger cursor = new AtomicInteger();
    take(new SmoothWeightedRoundRobin(new double[] {1, 1}, cursor), 5);

    Balancer changed = new SmoothWeightedRoundRobin(new double[] {0, 1}, cursor);

    assertThat(take(changed, 3)).isEqualTo("bbb");
  }

  private static String sequence(int picks, double... weights) {
    return take(new SmoothWeightedRoundRobin(weights, new AtomicInteger()), picks);
  }

  private static String take(Balancer balancer, int picks) {
    return IntStream.range(0, picks)
        .mapToObj(i -> String.valueOf((char) ('a' + balancer.pick(ALL))))
        .collect(Collectors.joining());
  }
}
