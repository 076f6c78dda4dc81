package dev.clearspan.rpc.balance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class LeastActiveTest extends BalancerContract {
  @Override
  protected Balancer balancer(double... weights) {
    return balancer(idle(weights.length), weights);
  }

  @Override
  protected double tolerance() {
    return 2;
  }

  @Test
  void ofThirtyTwoTheOneWithTheFewestCallsIsTaken() {
    LoadMeter[] loads = idle(LeastActive.SCANNED);
    for (int i = 0; i < loads.length; i++) {
      begin(loads[i], i == 17 ? 1 : 2);
    }
    Balancer balancer = balancer(loads, equal(loads.length));

    for (int i = 0; i < 100; i++) {
      assertThat(balancer.pick(ALL)).isEqualTo(17);
    }
    assertThat(balancer.pick(index -> index != 17)).isNotEqualTo(17).isNotNegative();
  }

  @Test
  void callsCountForTheWeight() {
    LoadMeter[] loads = idle(2);
    begin(loads[0], 5);
    begin(loads[1], 2);

    assertThat(balancer(loads, 3, 1).pick(ALL)).isZero();
  }

  @Test
  void amongEquallyBusyOnesWeightsDecide() {
    LoadMeter[] loads = idle(3);
    begin(loads[0], 2);
    begin(loads[1], 1);
    begin(loads[2], 9);

    int[] picks = picks(balancer(loads, 2, 1, 1), ALL);

    assertThat(share(picks, 0)).isCloseTo(66.7, within(2.0));
    assertThat(picks[2]).isZero();
  }

  @Test
  void ofAThousandTheBusyOnesAreLeftOut() {
    LoadMeter[] loads = idle(1_000);
    for (int i = 0; i < loads.length; i++) {
      begin(loads[i], i % 2 == 0 ? 10 : 1);
    }
    Balancer balancer = balancer(loads, equal(loads.length));
    int busy = 0;
    for (int i = 0; i < PICKS; i++) {
      busy += balancer.pick(ALL) % 2 == 0 ? 1 : 0;
    }

    assertThat(busy * 100.0 / PICKS).isCloseTo(100 / 16.0, within(1.0));
  }

  private static Balancer balancer(LoadMeter[] loads, double... weights) {
    return new LeastActive(weights, loads, new Random(42));
  }

  private static double[] equal(int count) {
    double[] weights = new double[count];
    Arrays.fill(weights, 100);
    return weights;
  }

  private static void begin(LoadMeter load, int calls) {
    for (int i = 0; i < calls; i++) {
      load.began();
    }
  }

  private static LoadMeter[] idle(int count) {
    return Stream.generate(LoadMeter::new).limit(count).toArray(LoadMeter[]::new);
  }
}
