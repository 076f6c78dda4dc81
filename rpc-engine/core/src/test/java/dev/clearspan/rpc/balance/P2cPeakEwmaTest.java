package dev.clearspan.rpc.balance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.clearspan.rpc.time.FakeClock;
import java.time.Duration;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class P2cPeakEwmaTest extends BalancerContract {
  private final FakeClock clock = new FakeClock();

  @Override
  protected Balancer balancer(double... weights) {
    return balancer(idle(weights.length), weights);
  }

  @Override
  protected double tolerance() {
    return 2;
  }

  @Test
  void leavesTheSlowOneAndComesBackWhenItsPeakHasFaded() {
    LoadMeter[] loads = idle(3);
    observe(loads[0], Duration.ofMillis(1));
    observe(loads[1], Duration.ofMillis(1));
    observe(loads[2], Duration.ofMillis(100));
    Balancer balancer = balancer(loads, 1, 1, 1);

    assertThat(share(picks(balancer, ALL), 2)).isZero();
    clock.advance(Duration.ofSeconds(60));
    observe(loads[0], Duration.ofMillis(1));
    observe(loads[1], Duration.ofMillis(1));

    assertThat(share(picks(balancer, ALL), 2)).isGreaterThan(25);
  }

  @Test
  void leavesTheOneWithMostCallsOutstanding() {
    LoadMeter[] loads = idle(2);
    observe(loads[0], Duration.ofMillis(1));
    observe(loads[1], Duration.ofMillis(1));
    for (int i = 0; i < 10; i++) {
      loads[0].began();
    }

    assertThat(share(picks(balancer(loads, 1, 1), ALL), 0)).isZero();
  }

  @Test
  void manyCallsOutstandingAreNormalForAHeavyOne() {
    LoadMeter[] loads = idle(2);
    observe(loads[0], Duration.ofMillis(1));
    observe(loads[1], Duration.ofMillis(1));
    for (int i = 0; i < 30; i++) {
      loads[0].began();
    }
    for (int i = 0; i < 10; i++) {
      loads[1].began();
    }

    assertThat(share(picks(balancer(loads, 3, 1), ALL), 0)).isBetween(73.0, 77.0);
  }

  @Test
  void oneUnansweredCallIsEnoughForAnUnknownEndpoint() {
    LoadMeter[] loads = idle(2);
    observe(loads[0], Duration.ofMillis(50));
    loads[1].began();

    assertThat(share(picks(balancer(loads, 1, 1), ALL), 1)).isZero();
  }

  private Balancer balancer(LoadMeter[] loads, double... weights) {
    return new P2cPeakEwma(weights, loads, clock, new Random(42));
  }

  private void observe(LoadMeter load, Duration latency) {
    load.began();
    load.ended(latency.toNanos(), true, clock.nanos());
  }

  private static LoadMeter[] idle(int count) {
    return Stream.generate(LoadMeter::new).limit(count).toArray(LoadMeter[]::new);
  }
}
