package dev.clearspan.rpc.balance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicIntegerArray;
import org.junit.jupiter.api.Test;

/** What every balancer must do; each implementation's test inherits it. */
public abstract class BalancerContract {
  static final int PICKS = 10_000;
  static final Balancer.Filter ALL = index -> true;

  /** A balancer over endpoints that differ in weight only. */
  protected abstract Balancer balancer(double... weights);

  /** Percentage points by which a share may miss its weight. */
  protected abstract double tolerance();

  @Test
  void sharesFollowWeights() {
    assertShares(balancer(1, 1, 1), 33.33, 33.33, 33.33);
    assertShares(balancer(50, 100, 100), 20, 40, 40);
    assertShares(balancer(0.35, 1, 2.65), 8.75, 25, 66.25);
    assertShares(balancer(10_000, 1, 9_999), 50, 0.005, 49.995);
  }

  @Test
  void weightZeroTakesNothingWhileOthersTakeSome() {
    int[] picks = picks(balancer(0, 1, 1), ALL);

    assertThat(picks[0]).isZero();
    assertThat(balancer(0, 1, 1).pick(index -> index == 0)).isZero();
  }

  @Test
  void allWeightsZeroCountTheSame() {
    assertShares(balancer(0, 0), 50, 50);
  }

  @Test
  void whatTheFilterLeavesOutIsNeverPicked() {
    int[] picks = picks(balancer(10, 1, 1), index -> index != 0);

    assertThat(picks[0]).isZero();
    assertThat(share(picks, 1)).isCloseTo(50, within(tolerance()));
  }

  @Test
  void findsTheOnlyOneAdmittedAmongMany() {
    double[] weights = new double[1_000];
    java.util.Arrays.fill(weights, 100);
    weights[999] = 1;

    assertThat(balancer(weights).pick(index -> index == 999)).isEqualTo(999);
  }

  @Test
  void picksNoneWhenNothingIsAdmitted() {
    assertThat(balancer(1, 2).pick(index -> false)).isEqualTo(Balancer.NONE);
    assertThat(balancer().pick(ALL)).isEqualTo(Balancer.NONE);
  }

  @Test
  void aWeightThatIsNoWeightIsRefused() {
    assertThatThrownBy(() -> balancer(1, -1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("weight: -1.0 (expected: finite, >= 0)");
    assertThatThrownBy(() -> balancer(Double.NaN)).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void sharesHoldWhenManyThreadsPick() throws InterruptedException {
    Balancer balancer = balancer(3, 1);
    AtomicIntegerArray picks = new AtomicIntegerArray(2);
    CountDownLatch done = new CountDownLatch(4);
    for (int thread = 0; thread < 4; thread++) {
      new Thread(
              () -> {
                for (int i = 0; i < PICKS / 4; i++) {
                  picks.incrementAndGet(balancer.pick(ALL));
                }
                done.countDown();
              })
          .start();
    }
    done.await();

    assertThat(picks.get(0) * 100.0 / PICKS).isCloseTo(75, within(tolerance()));
  }

  void assertShares(Balancer balancer, double... percent) {
    int[] picks = picks(balancer, ALL);
    for (int i = 0; i < percent.length; i++) {
      assertThat(share(picks, i)).as("share of %d", i).isCloseTo(percent[i], within(tolerance()));
    }
  }

  static double share(int[] picks, int index) {
    return picks[index] * 100.0 / PICKS;
  }

  static int[] picks(Balancer balancer, Balancer.Filter filter) {
    int[] picks = new int[16];
    for (int i = 0; i < PICKS; i++) {
      picks[balancer.pick(filter)]++;
    }
    return picks;
  }
}
