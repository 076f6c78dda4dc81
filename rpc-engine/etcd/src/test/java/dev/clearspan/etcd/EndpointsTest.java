package dev.clearspan.etcd;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.clearspan.rpc.ProcessIdentity;
import dev.clearspan.rpc.discovery.Instances;
import dev.clearspan.rpc.discovery.Registration;
import dev.clearspan.rpc.discovery.SeenInstances;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Several endpoints, of which some do not answer. */
@ExtendWith(SharedEtcd.class)
final class EndpointsTest {
  @TempDir Path snapshots;
  private final String env = "e" + UUID.randomUUID().toString().substring(0, 8);
  private TcpProxy first;
  private TcpProxy second;

  @BeforeEach
  void openWays() {
    int port = URI.create(SharedEtcd.process().endpoint()).getPort();
    first = new TcpProxy(port);
    second = new TcpProxy(port);
  }

  @AfterEach
  void closeWays() {
    first.close();
    second.close();
  }

  @Test
  void deadEndpointIsNoObstacle() {
    first.cut();
    try (EtcdRegistry registry = registry()) {
      Registration registration = registry.register(Instances.of("orders", 9001));
      await().until(registration::isRegistered);
    }
  }

  @Test
  void silentEndpointIsNoObstacle() {
    first.stall();
    try (EtcdRegistry registry = registry()) {
      Registration registration = registry.register(Instances.of("orders", 9001));
      await().until(registration::isRegistered);
    }
  }

  @Test
  void aSlowFirstAnswerIsNoOutage() {
    first.stall();
    try (EtcdControlStore store =
        EtcdControlStore.builder()
            .endpoints("http://127.0.0.1:" + first.port())
            .env(env)
            .requestTimeout(Duration.ofMillis(200))
            .build()) {
      await()
          .during(Duration.ofSeconds(1))
          .until(() -> store.health().detail().equals("not connected yet"));
      first.heal();
      await().until(() -> store.health().connected());
    }
  }

  @Test
  void lostMemberIsReplacedByAnother() {
    try (EtcdRegistry registry = registry();
        EtcdRegistry writer = EtcdFixtures.direct(env, snapshots)) {
      SeenInstances seen = watch(registry);

      first.cut();
      writer.register(Instances.of("orders", 9001));
      awaitSize(seen, 1);
      first.heal();
      second.cut();
      writer.register(Instances.of("orders", 9002));
      awaitSize(seen, 2);
    }
  }

  @Test
  void memberThatFallsSilentIsReplacedByAnother() {
    try (EtcdRegistry registry = registry();
        EtcdRegistry writer = EtcdFixtures.direct(env, snapshots)) {
      SeenInstances seen = watch(registry);

      first.stall();
      writer.register(Instances.of("orders", 9001));
      awaitSize(seen, 1);
      first.heal();
      second.stall();
      writer.register(Instances.of("orders", 9002));
      awaitSize(seen, 2);
    }
  }

  private EtcdRegistry registry() {
    return EtcdRegistry.builder()
        .endpoints("http://127.0.0.1:" + first.port() + ",http://127.0.0.1:" + second.port())
        .env(env)
        .identity(ProcessIdentity.of("shop"))
        .ttl(Duration.ofSeconds(2))
        .snapshotDirectory(snapshots)
        .build();
  }

  private static SeenInstances watch(EtcdRegistry registry) {
    SeenInstances seen = new SeenInstances();
    registry.watch("orders", seen);
    await().until(() -> seen.last().revision() > 0);
    return seen;
  }

  private static void awaitSize(SeenInstances seen, int size) {
    await()
        .atMost(Duration.ofSeconds(20))
        .untilAsserted(() -> assertThat(seen.ids()).hasSize(size));
  }
}
