package dev.clearspan.rpc.client;

import static org.assertj.core.api.Assertions.assertThat;

import dev.clearspan.protocol.Instance;
import dev.clearspan.rpc.ProcessIdentity;
import dev.clearspan.rpc.balance.Subset;
import dev.clearspan.rpc.control.FakeRegistry;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class PeersTest {
  private final ProcessIdentity identity = ProcessIdentity.of("orders");
  private final FakeRegistry registry = new FakeRegistry("orders", "orders");
  private final List<Subset> heard = new ArrayList<>();
  private final Peers peers = new Peers(registry, identity, heard::add);

  @Test
  void aServersPlaceIsThatOfItsInstanceAmongThoseInUse() {
    registry.put(FakeRegistry.instance("orders", 1));
    registry.put(own(2));
    registry.put(FakeRegistry.instance("orders", 3));

    peers.follow(true);
    assertThat(heard).containsExactly(Subset.among(1, 3));
    registry.put(
        FakeRegistry.instance("orders", 1).toBuilder().setState(Instance.State.DRAINING).build());

    assertThat(heard).last().isEqualTo(Subset.among(0, 2));
  }

  @Test
  void whoServesNothingHasAPlaceByLot() {
    registry.put(1, 2);

    peers.follow(true);

    assertThat(heard).containsExactly(Subset.anywhere(identity.processId()));
  }

  @Test
  void nothingIsWatchedThatNobodyWantsToKnow() {
    assertThat(registry.watchersLeft()).isZero();
    peers.follow(true);
    peers.follow(true);
    assertThat(registry.watchersLeft()).isEqualTo(1);

    peers.follow(false);
    assertThat(registry.watchersLeft()).isZero();
    peers.follow(true);
    peers.close();
    assertThat(registry.watchersLeft()).isZero();
  }

  private Instance own(int port) {
    return FakeRegistry.instance("orders", port).toBuilder()
        .setIncarnation(identity.processId())
        .build();
  }
}
