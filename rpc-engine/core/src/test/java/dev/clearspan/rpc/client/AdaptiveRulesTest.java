package dev.clearspan.rpc.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.clearspan.protocol.EffectiveWeight;
import dev.clearspan.rpc.balance.LoadReport;
import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Weights follow what instances report, while the policy says so. */
class AdaptiveRulesTest extends ChannelFixture {
  @BeforeEach
  void threeInstances() {
    registry.put(1, 2, 3);
    channel();
    adaptive(true);
  }

  @Test
  void weightsFromCpuMemoryAndResponseTime() {
    report(1, 0.4, 0.3, 2);
    report(2, 0.4, 0.3, 2);
    report(3, 0.8, 0.9, 8);
    assertThat(shareOf(3)).isCloseTo(33.3, within(0.5));

    passSeconds(10);
    double onTheWay = shareOf(3);
    passSeconds(60);

    double settled = 3.0 / 7 / 2;
    assertThat(weight(3)).isCloseTo(100 * settled, within(5.0));
    assertThat(shareOf(3)).isCloseTo(100 * settled / (2 + settled), within(1.0));
    assertThat(onTheWay).isBetween(shareOf(3) + 2, 33.0);
    assertThat(sample("clearspan.lb.endpoint.weight")).isCloseTo(200 + weight(3), within(1e-6));
  }

  @Test
  void weightsComeBackWhenNothingIsReportedAnyMore() {
    report(1, 0.2, 0.3, 2);
    report(2, 0.2, 0.3, 2);
    report(3, 0.9, 0.3, 2);
    passSeconds(20);
    assertThat(shareOf(3)).isLessThan(25);

    clock.advance(Duration.ofSeconds(120));

    assertThat(shareOf(3)).isCloseTo(33.3, within(1.0));
  }

  @Test
  void weightsComeBackWhenThePolicySaysSo() {
    report(1, 0.2, 0.3, 2);
    report(2, 0.2, 0.3, 2);
    report(3, 0.9, 0.3, 2);
    passSeconds(20);

    adaptive(false);

    assertThat(shareOf(3)).isCloseTo(33.3, within(0.5));
    assertThat(status().getWeightsCount()).isZero();
  }

  @Test
  void aMethodThatMeasuresForItselfIsLeftAlone() {
    policy(
        """
        {"service": {"balancer": {"algorithm": "LEAST_ACTIVE", "adaptive": {"enabled": true}}},
         "methods": {"shop.Payments/Get": {"balancer": {"algorithm": "P2C_PEAK_EWMA"}}}}
        """);
    report(1, 0.1, 0.3, 2);
    report(2, 0.1, 0.3, 2);
    report(3, 0.9, 0.3, 2);
    passSeconds(60);

    assertThat(weight(3)).isLessThan(50);
    assertThat(shareOf(3)).isCloseTo(33.3, within(4.0));
  }

  private void adaptive(boolean enabled) {
    policy(
        """
        {"service": {"balancer": {"algorithm": "SMOOTH_WEIGHTED_ROUND_ROBIN",
                                  "adaptive": {"enabled": %s}}}}
        """
            .formatted(enabled));
  }

  /** What the instance says from now on. */
  private void report(int port, double cpu, double memory, long millis) {
    long nanos = Duration.ofMillis(millis).toNanos();
    peer(port).reports(new LoadReport(cpu, memory, 5, 0, nanos, clock.nanos()));
  }

  private void passSeconds(int seconds) {
    for (int i = 0; i < seconds; i++) {
      for (int port = 1; port <= 3; port++) {
        LoadReport last = peer(port).report();
        peer(port).reports(last == null ? null : last.heardAt(clock.nanos()));
      }
      clock.advance(Duration.ofSeconds(1));
    }
  }

  private double weight(int port) {
    return status().getWeightsList().stream()
        .filter(weight -> weight.getInstance().equals("i-" + port))
        .mapToDouble(EffectiveWeight::getWeight)
        .findFirst()
        .orElse(100);
  }

  /** In percent, over the next 3,000 calls. */
  private double shareOf(int port) {
    int before = received(port);
    callTimes(3_000, GET);
    return (received(port) - before) / 30.0;
  }
}
