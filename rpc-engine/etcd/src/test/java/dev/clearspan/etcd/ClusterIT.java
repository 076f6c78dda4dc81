package dev.clearspan.etcd;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.clearspan.protocol.AuditEntry;
import dev.clearspan.rpc.ProcessIdentity;
import dev.clearspan.rpc.control.ControlStore.Committed;
import dev.clearspan.rpc.control.ControlStore.Write;
import dev.clearspan.rpc.control.SeenRules;
import dev.clearspan.rpc.discovery.Instances;
import dev.clearspan.rpc.discovery.Registration;
import dev.clearspan.rpc.discovery.SeenInstances;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A cluster of three that loses its leader, by death and by silence. */
final class ClusterIT {
  private static final Duration LIMIT = Duration.ofSeconds(60);

  @TempDir Path snapshots;
  private List<EtcdProcess> cluster;
  private EtcdRegistry registry;
  private EtcdControlStore store;
  private final SeenInstances instances = new SeenInstances();
  private final SeenRules rules = new SeenRules();
  private Registration registration;

  @BeforeEach
  void open() {
    cluster = EtcdProcess.startCluster(3);
    String endpoints = cluster.stream().map(EtcdProcess::endpoint).collect(Collectors.joining(","));
    registry =
        EtcdRegistry.builder()
            .endpoints(endpoints)
            .identity(ProcessIdentity.of("orders"))
            .ttl(Duration.ofSeconds(5))
            .snapshotDirectory(snapshots)
            .build();
    store = EtcdControlStore.connect(endpoints);
    registration = registry.register(Instances.of("orders", 9001));
    registry.watch("orders", instances);
    registry.watchRules("orders", rules);
    await().until(() -> registration.isRegistered() && instances.ids().size() == 1);
  }

  @AfterEach
  void close() {
    registry.close();
    store.close();
    cluster.forEach(EtcdProcess::close);
  }

  @Test
  void killedLeaderCostsNothing() {
    EtcdProcess leader = leader();

    leader.kill();

    assertGovernable(2);
    leader.restart();
    leader.awaitReady();
    assertGovernable(3);
  }

  @Test
  void frozenLeaderCostsNothing() {
    EtcdProcess leader = leader();

    leader.freeze();
    try {
      assertGovernable(2);
    } finally {
      leader.thaw();
    }
    assertGovernable(3);
  }

  private EtcdProcess leader() {
    return cluster.stream().filter(EtcdProcess::isLeader).findFirst().orElseThrow();
  }

  /** A change gets in and through, and the instance was there all the time. */
  private void assertGovernable(int attempts) {
    String policy = "{\"service\":{\"retry\":{\"maxAttempts\":" + attempts + "}}}";
    Write write = new Write("svc/orders/ctl/policy", policy, -1);
    await()
        .atMost(LIMIT)
        .ignoreExceptions()
        .until(
            () ->
                store
                        .commit(List.of(write), AuditEntry.getDefaultInstance())
                        .toCompletableFuture()
                        .join()
                    instanceof Committed);
    await().atMost(LIMIT).until(() -> rules.maxAttempts() == attempts);
    await().atMost(LIMIT).until(registration::isRegistered);
    assertThat(instances.all().stream().dropWhile(set -> set.instances().isEmpty()))
        .allSatisfy(set -> assertThat(set.instances()).hasSize(1));
    assertThat(instances.ids()).isEqualTo(Set.of("127.0.0.1:9001"));
  }
}
