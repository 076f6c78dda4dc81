package dev.clearspan.etcd.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import dev.clearspan.rpc.time.FakeClock;
import java.nio.file.Path;
import java.time.Duration;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** When leases end, on a clock that the test moves. */
final class LeasesTest {
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  @TempDir Path directory;
  private final FakeClock clock = new FakeClock();
  private EmbeddedRegistry registry;
  private Peer peer;

  @BeforeEach
  void start() {
    registry = EmbeddedRegistry.start(RegistrySettings.in(directory).withPort(0), clock);
    peer = new Peer(registry.endpoint());
  }

  @AfterEach
  void stop() {
    peer.close();
    registry.close();
  }

  @Test
  void itsKeysGoWhenALeaseEnds() {
    long lease = Requests.grant(peer, 10);
    Requests.put(peer, "leased/1", "", lease);
    Requests.put(peer, "leased/2", "", lease);
    long before = Requests.put(peer, "free", "");
    pass(9_900);
    assertThat(Requests.all(peer).getCount()).isEqualTo(3);

    pass(200);

    awaitKeys(1);
    assertThat(Requests.all(peer).getHeader().getRevision()).isEqualTo(before + 1);
    assertThat(Requests.renew(peer, lease)).isZero();
  }

  @Test
  void aRenewedLeaseStays() {
    long lease = Requests.grant(peer, 10);
    Requests.put(peer, "leased", "", lease);
    for (int i = 0; i < 5; i++) {
      pass(8_000);
      assertThat(Requests.renew(peer, lease)).isEqualTo(10);
    }
    assertThat(Requests.all(peer).getCount()).isEqualTo(1);
  }

  /** The registry was stopped in its tracks: it has heard no renewal, and so none is missing. */
  @Test
  void aFreezeEndsNoLease() {
    long lease = Requests.grant(peer, 10);
    Requests.put(peer, "leased", "", lease);

    clock.advance(Duration.ofSeconds(60));

    assertThat(Requests.all(peer).getCount()).isEqualTo(1);
    pass(5_000);
    assertThat(Requests.renew(peer, lease)).isEqualTo(10);
  }

  @Test
  void aRestartGivesLeasesTheirWholeTime() {
    long lease = Requests.grant(peer, 10);
    Requests.put(peer, "leased", "", lease);
    pass(9_000);
    stop();
    start();

    pass(9_000);

    assertThat(Requests.all(peer).getCount()).isEqualTo(1);
    pass(2_000);
    awaitKeys(0);
  }

  @Test
  void aShortLeaseIsMadeAsLongAsEtcdWould() {
    assertThat(Requests.renew(peer, Requests.grant(peer, 1))).isEqualTo(2);
  }

  /** In steps that are no freeze, each noticed before the next. */
  private void pass(long millis) {
    for (long left = millis; left > 0; left -= 1_000) {
      clock.advanceMillis(Math.min(1_000, left));
      Requests.all(peer);
    }
  }

  private void awaitKeys(int count) {
    Awaitility.await()
        .atMost(PATIENCE)
        .untilAsserted(() -> assertThat(Requests.all(peer).getCount()).isEqualTo(count));
  }
}
