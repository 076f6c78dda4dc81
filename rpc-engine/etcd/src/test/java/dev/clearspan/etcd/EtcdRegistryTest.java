package dev.clearspan.etcd;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.clearspan.rpc.ProcessIdentity;
import dev.clearspan.rpc.Registry;
import dev.clearspan.rpc.control.SeenRules;
import dev.clearspan.rpc.discovery.Instances;
import dev.clearspan.rpc.discovery.SeenInstances;
import dev.clearspan.rpc.discovery.Subscription;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** What etcd's registry does beyond the contracts. */
@ExtendWith(SharedEtcd.class)
final class EtcdRegistryTest {
  @TempDir Path snapshots;
  private EtcdFixture fixture;
  private EtcdRegistry registry;

  @BeforeEach
  void open() {
    fixture = new EtcdFixture(SharedEtcd.process());
    registry = EtcdFixtures.direct(fixture.env(), snapshots);
  }

  @AfterEach
  void close() {
    registry.close();
    fixture.close();
  }

  @Test
  void unusableValuesAreListedAndCountedUntilReplaced() {
    registry.watch("orders", set -> {});
    long revision = fixture.put(Instances.key("orders", 9001), "{\"port\":0}");

    await().until(() -> registry.ignored().size() == 1);
    assertThat(registry.ignored().get(0).key()).isEqualTo(Instances.key("orders", 9001));
    assertThat(registry.ignored().get(0).revision()).isEqualTo(revision);
    assertThat(registry.ignored().get(0).reason()).contains("expected");

    fixture.put(Instances.key("orders", 9001), Instances.json("orders", 9001));
    await().until(() -> registry.ignored().isEmpty());
    assertThat(registry.ignoredTotal()).isEqualTo(1);
  }

  @Test
  void instancesOutsideTheAllowedNetworksAreIgnored() {
    fixture.put(Instances.key("orders", 9001), Instances.json("orders", 9001));
    fixture.put(
        "svc/orders/inst/far",
        "{\"service\":\"orders\",\"instanceId\":\"far\",\"host\":\"169.254.169.254\",\"port\":80}");
    fixture.put(
        "svc/orders/inst/name",
        "{\"service\":\"orders\",\"instanceId\":\"name\",\"host\":\"localhost\",\"port\":80}");
    SeenInstances seen = new SeenInstances();

    try (EtcdRegistry careful =
        EtcdRegistry.builder()
            .endpoints(SharedEtcd.process().endpoint())
            .env(fixture.env())
            .snapshotDirectory(snapshots)
            .allowedNetworks("10.0.0.0/8", "127.0.0.0/8")
            .build()) {
      careful.watch("orders", seen);
      await().until(() -> seen.last().instances().size() == 1);
      assertThat(seen.first().getPort()).isEqualTo(9001);
      assertThat(careful.ignored()).hasSize(2);
    }
  }

  @Test
  void policyOutOfRangeIsRefusedNamingTheField() {
    SeenRules seen = new SeenRules();
    registry.watchRules("orders", seen);

    fixture.put("svc/orders/ctl/policy", "{\"service\":{\"retry\":{\"maxAttempts\":99}}}");

    await().until(() -> seen.last().refused().size() == 1);
    assertThat(seen.last().refused().get(0))
        .contains("svc/orders/ctl/policy", "service.retry.maxAttempts", "99");
  }

  @Test
  void descriptorSetIsStoredOnceUnderItsHash() {
    byte[] set = {10, 20, 30};
    String hash = SnapshotDirectory.sha256(set);

    registry.publishDescriptors(set).toCompletableFuture().join();
    registry.publishDescriptors(set).toCompletableFuture().join();

    assertThat(fixture.value("desc/" + hash).text()).isEqualTo("{\"descriptorSet\":\"ChQe\"}");
    assertThat(fixture.value("desc/" + hash).version()).isEqualTo(1);
    assertThatThrownBy(() -> registry.publishDescriptors(new byte[900_000]))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("700 KiB");
  }

  @Test
  void descriptorSetsArePublishedWhenEtcdIsBack() {
    byte[] set = {40, 50};
    try (Registry cutOff = fixture.connect(ProcessIdentity.of("shop"), snapshots)) {
      String status = "status/" + cutOff.status().identity().processId();
      await().until(() -> fixture.value(status).version() > 0);
      fixture.cut();

      CompletionStage<Void> stored = cutOff.publishDescriptors(set);
      await().during(Duration.ofMillis(2_500)).until(() -> !stored.toCompletableFuture().isDone());
      fixture.heal();

      await().until(() -> stored.toCompletableFuture().isDone());
    }
    assertThat(fixture.value("desc/" + SnapshotDirectory.sha256(set)).version()).isEqualTo(1);
  }

  @Test
  void theEnvironmentIsDevUnlessToldOtherwise() {
    System.setProperty("clearspan.env", "staging");
    try {
      assertThat(EtcdSettings.of("http://a:1").env()).isEqualTo("staging");
    } finally {
      System.clearProperty("clearspan.env");
    }
    assertThat(EtcdSettings.of("http://a:1").env()).isEqualTo("dev");
  }

  @Test
  void fleetSetsTheStatusInterval() {
    String key = "status/" + registry.status().identity().processId();
    await().until(() -> fixture.value(key).version() > 0);
    fixture.put("fleet", "{\"statusIntervalMillis\":\"-5\"}");
    await().until(() -> registry.ignored().size() == 1);
    fixture.put("fleet", "{\"statusIntervalMillis\":\"200\"}");
    await().until(() -> registry.ignored().isEmpty());
    long before = fixture.value(key).version();

    await()
        .pollInterval(Duration.ofMillis(20))
        .atMost(Duration.ofSeconds(15))
        .until(
            () -> {
              registry.status().changed();
              return fixture.value(key).version() >= before + 20;
            });
  }

  @Test
  void fleetSetsTheMetricPushInterval_whileProcessesRun() {
    List<Duration> told = new CopyOnWriteArrayList<>();
    Subscription watch = registry.watchMetricPushInterval(told::add);
    await().untilAsserted(() -> assertThat(told).containsExactly(Duration.ofSeconds(1)));

    fixture.put("fleet", "{\"metricPushIntervalMillis\":\"50\"}");
    await().until(() -> registry.ignored().size() == 1);
    assertThat(registry.ignored().get(0).reason())
        .isEqualTo("metricPushIntervalMillis: 50 (expected: 100 to 3600000, or 0)");
    fixture.put("fleet", "{\"metricPushIntervalMillis\":\"5000\"}");
    await().untilAsserted(() -> assertThat(told).hasSize(2).endsWith(Duration.ofSeconds(5)));
    fixture.delete("fleet");
    await().untilAsserted(() -> assertThat(told).hasSize(3).endsWith(Duration.ofSeconds(1)));

    watch.close();
  }

  @Test
  void manyProcessesPushLessOftenEach() {
    assertThat(PushInterval.byNumber(1)).isEqualTo(Duration.ofSeconds(1));
    assertThat(PushInterval.byNumber(200)).isEqualTo(Duration.ofSeconds(1));
    assertThat(PushInterval.byNumber(10_000)).isEqualTo(Duration.ofSeconds(50));
  }

  @Test
  void closedRegistryRefusesAndClosesAgain() {
    registry.close();
    registry.close();

    assertThatThrownBy(() -> registry.watch("orders", set -> {}))
        .isInstanceOf(IllegalStateException.class);
    assertThatThrownBy(() -> registry.register(Instances.of("orders", 9001)))
        .isInstanceOf(IllegalStateException.class);
  }

  @Test
  void closingAnUnreachableRegistryDoesNotWaitForIt() {
    try (TcpProxy nowhere = new TcpProxy(1)) {
      Registry lost =
          EtcdRegistry.builder()
              .endpoints("http://127.0.0.1:" + nowhere.port())
              .snapshotDirectory(snapshots)
              .build();
      lost.register(Instances.of("orders", 9001));
      long started = System.nanoTime();
      lost.close();
      assertThat(Duration.ofNanos(System.nanoTime() - started)).isLessThan(Duration.ofSeconds(15));
    }
  }

  @Test
  void longOutageLeavesNoThreadsBehind() {
    Registry cutOff = fixture.connect(ProcessIdentity.of("shop"), snapshots);
    SeenInstances seen = new SeenInstances();
    cutOff.watch("orders", seen);
    await().until(() -> !seen.isEmpty());
    int before = Thread.activeCount();

    fixture.cut();
    await().pollDelay(Duration.ofSeconds(4)).until(() -> Thread.activeCount() <= before + 8);
    fixture.heal();
    fixture.put(Instances.key("orders", 9001), Instances.json("orders", 9001));

    await().until(() -> seen.ids().size() == 1);
    cutOff.close();
  }

  @Test
  void builderRefusesNonsenseNamingIt() {
    assertThatThrownBy(() -> EtcdRegistry.connect("ftp://host"))
        .hasMessageContaining("ftp://host")
        .hasMessageContaining("http://host:port");
    assertThatThrownBy(() -> EtcdRegistry.connect("")).hasMessageContaining("endpoints: none");
    assertThatThrownBy(() -> EtcdRegistry.builder().env("Prod!")).hasMessageContaining("Prod!");
    assertThatThrownBy(() -> EtcdRegistry.builder().ttl(Duration.ofSeconds(1)))
        .hasMessageContaining("2 s to 1 h");
    assertThatThrownBy(() -> EtcdRegistry.builder().allowedNetworks("10.0.0.0/33"))
        .hasMessageContaining("10.0.0.0/33");
    List.of("127.0.0.1:2379", "http://a:1, http://b:2").forEach(EtcdSettings::of);
    assertThat(EtcdSettings.of("http://a:1, b:2").endpoints()).hasSize(2);
  }
}
