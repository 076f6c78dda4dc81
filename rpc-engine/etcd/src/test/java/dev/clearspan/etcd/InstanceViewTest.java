package dev.clearspan.etcd;

import static org.assertj.core.api.Assertions.assertThat;

import dev.clearspan.rpc.discovery.Instances;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class InstanceViewTest {
  private static final String ID = "127.0.0.1:9001";
  private static final long LIMIT = InstanceView.SUSPECT_LIMIT.toNanos();

  private final InstanceView view =
      new InstanceView(
          "orders",
          new RegistryValues(AddressAllowList.ANY, policy -> Optional.empty()),
          new IgnoredValues());

  @Test
  void suspectIsKeptForTenMinutes() {
    view.put(ID, up(9001));
    assertThat(view.deleted(ID, false, 0)).isTrue();

    assertThat(view.nanosToExpiry(1)).hasValue(LIMIT - 1);
    assertThat(view.expireSuspects(LIMIT - 1)).isFalse();
    assertThat(view.toSet(1).suspects()).containsExactly(ID);
    assertThat(view.expireSuspects(LIMIT)).isTrue();
    assertThat(view.toSet(1).instances()).isEmpty();
    assertThat(view.nanosToExpiry(LIMIT)).isEmpty();
  }

  @Test
  void suspicionDoesNotStartAnew() {
    view.put(ID, up(9001));
    view.deleted(ID, false, 0);

    assertThat(view.reset(Map.of(), id -> false, LIMIT / 2)).isFalse();
    assertThat(view.expireSuspects(LIMIT)).isTrue();
  }

  @Test
  void emptyListEmptiesNothing() {
    view.put(ID, up(9001));
    view.put("127.0.0.1:9002", up(9002));

    view.reset(Map.of(), id -> false, 0);

    assertThat(view.toSet(1).instances()).hasSize(2);
    assertThat(view.toSet(1).suspects()).hasSize(2);
    assertThat(view.live(ID)).isNull();
  }

  @Test
  void drainedInstanceIsGoneWhenItsKeyIs() {
    view.put(ID, Stored.remembered(Instances.key("orders", 9001), draining(9001)));

    assertThat(view.deleted(ID, false, 0)).isTrue();

    assertThat(view.toSet(1).instances()).isEmpty();
  }

  @Test
  void wantedDeletionNeedsNoDrainMark() {
    view.put(ID, up(9001));

    view.deleted(ID, true, 0);

    assertThat(view.toSet(1).instances()).isEmpty();
  }

  @Test
  void sameValueAgainIsNoChange() {
    assertThat(view.put(ID, up(9001))).isTrue();
    assertThat(view.put(ID, up(9001))).isFalse();
  }

  @Test
  void deletionOfTheUnknownIsNoChange() {
    assertThat(view.deleted(ID, false, 0)).isFalse();
  }

  private static Stored up(int port) {
    return Stored.remembered(Instances.key("orders", port), Instances.json("orders", port));
  }

  private static String draining(int port) {
    return Instances.json("orders", port).replace("UP", "DRAINING");
  }
}
