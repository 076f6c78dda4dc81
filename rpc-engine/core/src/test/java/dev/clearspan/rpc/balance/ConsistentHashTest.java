package dev.clearspan.rpc.balance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ConsistentHashTest extends BalancerContract {
  private static final int KEYS = 20_000;

  private long underWay;

  @Override
  protected Balancer balancer(double... weights) {
    return balancer(ids(weights.length), idle(weights.length), weights);
  }

  /** The ring's places are drawn by lot. */
  @Override
  protected double tolerance() {
    return 10;
  }

  @ParameterizedTest
  @ValueSource(ints = {3, 10, 100, 700, 1_000})
  void oneThatLeavesMovesItsKeysAndFewOthers(int instances) {
    List<String> all = ids(instances);
    List<String> left = new ArrayList<>(all);
    left.remove(instances / 2);

    assertThat(movedShare(all, equal(instances), left, equal(instances - 1)))
        .isLessThanOrEqualTo(1.0 / instances + 0.02);
  }

  @Test
  void aHeavyOneThatLeavesMovesItsKeysAndFewOthers() {
    List<String> all = ids(10);
    double[] weights = equal(10);
    weights[9] = 300;

    assertThat(movedShare(all, weights, all.subList(0, 9), equal(9)))
        .isLessThanOrEqualTo(300.0 / 1_200 + 0.02);
  }

  @Test
  void aKeyBelongsToTheSameInstanceWhoeverAsks() {
    List<String> turned = new ArrayList<>(ids(20));
    Collections.reverse(turned);
    Balancer one = balancer(ids(20), idle(20), equal(20));
    Balancer other = balancer(turned, idle(20), equal(20));

    for (int key = 0; key < 1_000; key++) {
      assertThat(turned.get(other.pick(call(key)))).isEqualTo(ids(20).get(one.pick(call(key))));
    }
  }

  @Test
  void aHotKeySpillsOverAtTheBoundAndComesBack() {
    LoadMeter[] loads = idle(4);
    Balancer balancer = balancer(ids(4), loads, equal(4));
    int home = balancer.pick(call(7));
    for (int call = 0; call < 100; call++) {
      underWay++;
      loads[balancer.pick(call(7))].began();
    }

    int most = Arrays.stream(loads).mapToInt(LoadMeter::outstanding).max().orElseThrow();
    assertThat(most).isLessThanOrEqualTo((int) Math.ceil(1.25 * 100 / 4));
    while (loads[home].outstanding() > 0) {
      loads[home].ended();
      underWay--;
    }
    assertThat(balancer.pick(call(7))).isEqualTo(home);
  }

  @Test
  void aWeightThatMovesByItselfMovesNoKeyWhileThereIsRoom() {
    HashRing ring = new HashRing(ids(10), equal(10));
    double[] warming = equal(10);
    warming[3] = 10;
    Balancer before = balancer(ring, equal(10), idle(10));
    Balancer after = balancer(ring, warming, idle(10));

    for (int key = 0; key < 1_000; key++) {
      assertThat(after.pick(call(key))).isEqualTo(before.pick(call(key)));
    }
  }

  @Test
  void aTriedInstanceGivesTheKeyToTheNextOneAlwaysTheSame() {
    Balancer balancer = balancer(ids(10), idle(10), equal(10));
    int home = balancer.pick(call(1));
    int next = balancer.pick(call(1, home));

    assertThat(next).isNotEqualTo(home);
    assertThat(balancer.pick(call(1, home))).isEqualTo(next);
  }

  @Test
  void callsWithoutAKeyGoAnywhere() {
    Balancer balancer = balancer(ids(4), idle(4), equal(4));

    assertShares(balancer, 25, 25, 25, 25);
  }

  private double movedShare(
      List<String> before, double[] weights, List<String> after, double[] weightsAfter) {
    Balancer first = balancer(before, idle(before.size()), weights);
    Balancer second = balancer(after, idle(after.size()), weightsAfter);
    long moved =
        IntStream.range(0, KEYS)
            .filter(
                key -> !before.get(first.pick(call(key))).equals(after.get(second.pick(call(key)))))
            .count();
    return (double) moved / KEYS;
  }

  @Test
  void keysAreSpreadByWeight() {
    double[] weights = equal(20);
    weights[0] = 300;
    Balancer balancer = balancer(ids(20), idle(20), weights);
    int[] picks = new int[20];
    for (int key = 0; key < KEYS; key++) {
      picks[balancer.pick(call(key))]++;
    }

    assertThat(picks[0] * 100.0 / KEYS).isCloseTo(300 / 22.0, within(2.0));
    assertThat(Arrays.stream(picks).min().orElseThrow() * 100.0 / KEYS).isGreaterThan(3.5);
  }

  private Balancer balancer(List<String> ids, LoadMeter[] loads, double... weights) {
    return balancer(new HashRing(ids, weights), weights, loads);
  }

  private Balancer balancer(HashRing ring, double[] weights, LoadMeter[] loads) {
    return new ConsistentHash(ring, weights, loads, 1.25, () -> underWay, new Random(42));
  }

  /** A call with this key that was tried at these. */
  private static Balancer.Filter call(int key, int... tried) {
    return new Balancer.Filter() {
      @Override
      public boolean admits(int index) {
        return Arrays.stream(tried).noneMatch(each -> each == index);
      }

      @Override
      public long keyHash() {
        return KeyHash.of("customer-" + key);
      }
    };
  }

  private static List<String> ids(int count) {
    return IntStream.range(0, count).mapToObj(i -> "10.0.0." + i + ":9090").toList();
  }

  private static double[] equal(int count) {
    double[] weights = new double[count];
    Arrays.fill(weights, 100);
    return weights;
  }

  private static LoadMeter[] idle(int count) {
    return Stream.generate(LoadMeter::new).limit(count).toArray(LoadMeter[]::new);
  }
}
