package dev.clearspan.rpc.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.clearspan.protocol.EffectiveWeight;
import dev.clearspan.protocol.InstanceControl;
import dev.clearspan.rpc.CallOptions;
import dev.clearspan.rpc.Metadata;
import dev.clearspan.rpc.control.FakeRegistry;
import dev.clearspan.rpc.internal.transport.ConnectionState;
import dev.clearspan.rpc.internal.transport.FakeTransport;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the balancer part of a policy does to calls. */
class BalancerRulesTest extends ChannelFixture {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "P2C_PEAK_EWMA",
        "SMOOTH_WEIGHTED_ROUND_ROBIN",
        "WEIGHTED_RANDOM",
        "ROUND_ROBIN",
        "RANDOM",
        "LEAST_ACTIVE",
        "CONSISTENT_HASH"
      })
  void everyAlgorithmUsesAllInstancesAndLeavesOutWhatDoesNotAnswer(String algorithm) {
    registry.put(1, 2, 3);
    channel();
    balancer("'algorithm': '" + algorithm + "', 'hashKey': 'tenant'");
    callTimes(300, GET);
    assertThat(List.of(received(1), received(2), received(3))).allMatch(calls -> calls > 50);

    peer(2).answers(FakeTransport.lost());
    startTimes(100);
    int before = received(2);
    startTimes(100);

    assertThat(received(2)).isEqualTo(before);
  }

  @Test
  void weightsThatAnAlgorithmDoesNotKnowAreNotInForce() {
    registry.put(1, 2);
    registry.put(FakeRegistry.instance("payments", 3).toBuilder().setWeight(0).build());
    registry.control(1, InstanceControl.newBuilder().setWeight(300).build());
    balancer("'algorithm': 'ROUND_ROBIN'");

    callTimes(100, GET);

    assertThat(List.of(received(1), received(2), received(3))).containsExactly(50, 50, 0);
    assertThat(weights()).isEmpty();
  }

  @Test
  void aMethodMayHaveItsOwnAlgorithm() {
    registry.put(1, 2);
    channel();
    registry.control(1, InstanceControl.newBuilder().setWeight(300).build());
    policy(
        """
        {"service": {"balancer": {"algorithm": "SMOOTH_WEIGHTED_ROUND_ROBIN"}},
         "methods": {"shop.Payments/Charge": {"balancer": {"algorithm": "ROUND_ROBIN"}}}}
        """);

    callTimes(100, GET);
    assertThat(received(1)).isEqualTo(75);
    callTimes(100, CHARGE);
    assertThat(received(1)).isEqualTo(75 + 50);
  }

  @Test
  void callsWithTheSameKeyGoToTheSameInstance() {
    registry.put(1, 2, 3, 4);
    balancer("'algorithm': 'CONSISTENT_HASH', 'hashKey': 'tenant'");

    for (int tenant = 0; tenant < 20; tenant++) {
      List<Integer> before = receivedByAll(4);
      for (int i = 0; i < 5; i++) {
        callOf("tenant-" + tenant);
      }
      List<Integer> after = receivedByAll(4);
      assertThat(IntStream.range(0, 4).map(i -> after.get(i) - before.get(i))).containsOnlyOnce(5);
    }
    assertThat(receivedByAll(4)).allMatch(calls -> calls > 0);
  }

  @Test
  void theBoundOfAHotKeyIsThePolicys() {
    registry.put(1, 2, 3, 4);
    IntStream.rangeClosed(1, 4).forEach(port -> peer(port).holds());
    balancer("'algorithm': 'CONSISTENT_HASH', 'hashKey': 'tenant', 'hashBound': 2");

    for (int i = 0; i < 40; i++) {
      startOf("hot");
    }

    int most = receivedByAll(4).stream().max(Integer::compare).orElseThrow();
    assertThat(most).isBetween(15, 20);
  }

  @Test
  void theOwnZoneTakesAllCallsWhileEnoughOfItIsThere() {
    zoned(1, "a");
    zoned(2, "a");
    zoned(3, "a");
    zoned(4, "b");
    openIn("a");
    balancer("'algorithm': 'SMOOTH_WEIGHTED_ROUND_ROBIN', 'preferZone': true, 'zoneMinimum': 0.6");
    callTimes(300, GET);
    assertThat(List.of(received(1), received(2), received(3), received(4)))
        .containsExactly(100, 100, 100, 0);
    assertThat(status().getPartlyUsedList()).containsExactly("payments");
    assertThat(weights()).containsOnlyKeys("i-1", "i-2", "i-3");

    peer(1).becomes(ConnectionState.UNREACHABLE, "connection reset");
    callTimes(100, GET);
    assertThat(received(4)).isZero();

    peer(2).becomes(ConnectionState.UNREACHABLE, "connection reset");
    callTimes(900, GET);

    assertThat(received(4)).as("4 of 9 calls spill over").isCloseTo(400, within(5));
    assertThat(weights()).containsOnlyKeys("i-3", "i-4");
  }

  @Test
  void aRetryLeavesTheZoneWhenItHasNoOtherInstance() {
    zoned(1, "a");
    zoned(2, "b");
    openIn("a");
    balancer("'algorithm': 'LEAST_ACTIVE', 'preferZone': true");
    peer(1).answers(FakeTransport.refused());

    callTimes(3, GET);

    assertThat(received(1)).isEqualTo(3);
    assertThat(received(2)).isEqualTo(3);
  }

  @Test
  void aSubsetIsConnectedAndTheRestIsNot() {
    IntStream.rangeClosed(1, 30).forEach(registry::put);
    balancer("'algorithm': 'ROUND_ROBIN', 'subset': 5");
    channel();
    callTimes(100, GET);

    List<Integer> connected = open(30);
    assertThat(connected).hasSizeBetween(5, 6);
    assertThat(connected.stream().mapToInt(this::received).sum()).isEqualTo(100);
    assertThat(status().getPartlyUsedList()).containsExactly("payments");
    assertThat(weights()).hasSameSizeAs(connected);
  }

  @Test
  void aSubsetIsRefilledAndChangedWhileInUse() {
    IntStream.rangeClosed(1, 30).forEach(registry::put);
    channel();
    call(GET);
    balancer("'subset': 5");
    assertThat(open(30)).hasSizeBetween(5, 6);
    int lost = open(30).get(2);

    peer(lost).becomes(ConnectionState.UNREACHABLE, "connection reset");
    assertThat(open(30)).hasSizeBetween(6, 7).contains(lost);
    peer(lost).becomes(ConnectionState.READY, "");
    assertThat(open(30)).hasSizeBetween(5, 6);
    balancer("'subset': 0");

    assertThat(open(30)).hasSize(30);
    assertThat(call(GET)).isEqualTo("ping");
  }

  @Test
  void aSlowStartOfOneMethodLastsAsLongAsItSays() {
    registry.put(1);
    call(CHARGE);
    policy(
        """
        {"service": {"balancer": {"algorithm": "SMOOTH_WEIGHTED_ROUND_ROBIN", "slowStart": "0s"}},
         "methods": {"shop.Payments/Charge": {"balancer": {"slowStart": "60s"}}}}
        """);
    registry.put(2);
    clock.advanceMillis(30_000);
    int before = received(2);
    callTimes(1_000, CHARGE);

    assertThat(received(2) - before).isCloseTo(1_000 * 55 / 155, within(5));
  }

  private void startTimes(int times) {
    for (int i = 0; i < times; i++) {
      assertThat(start(CHARGE)).isDone();
    }
  }

  private List<Integer> open(int ports) {
    return IntStream.rangeClosed(1, ports)
        .filter(port -> peer(port).opened() > 0 && !peer(port).isClosed())
        .boxed()
        .toList();
  }

  private void zoned(int port, String zone) {
    registry.put(FakeRegistry.instance("payments", port).toBuilder().setZone(zone).build());
  }

  private void openIn(String zone) {
    open(builder -> builder.identity(registry.status().identity().withZone(zone)));
  }

  private void balancer(String part) {
    policy("{'service': {'balancer': {%s}}}".formatted(part).replace('\'', '"'));
  }

  private void callOf(String tenant) {
    assertThat(channel().call(GET, "ping", of(tenant))).isEqualTo("ping");
  }

  private void startOf(String tenant) {
    assertThat(channel().callAsync(CHARGE, "ping", of(tenant)).toCompletableFuture()).isNotDone();
  }

  private static CallOptions of(String tenant) {
    return CallOptions.DEFAULT.withMetadata(Metadata.EMPTY.with("tenant", tenant));
  }

  private List<Integer> receivedByAll(int ports) {
    return IntStream.rangeClosed(1, ports).map(this::received).boxed().toList();
  }

  private Map<String, Double> weights() {
    return status().getWeightsList().stream()
        .collect(Collectors.toMap(EffectiveWeight::getInstance, EffectiveWeight::getWeight));
  }
}
