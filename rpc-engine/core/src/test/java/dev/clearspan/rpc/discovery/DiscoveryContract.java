package dev.clearspan.rpc.discovery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.google.protobuf.Timestamp;
import dev.clearspan.protocol.Instance;
import dev.clearspan.rpc.ProcessIdentity;
import dev.clearspan.rpc.Registry;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What every {@link Discovery} does, faults included. */
public abstract class DiscoveryContract {
  private static final String KEY = Instances.key("orders", 9001);

  @TempDir Path snapshots;
  private final List<Registry> registries = new ArrayList<>();
  private RegistryFixture fixture;

  /** A registry in a fresh environment. */
  protected abstract RegistryFixture newFixture();

  @BeforeEach
  void open() {
    fixture = newFixture();
  }

  @AfterEach
  void close() {
    registries.forEach(Registry::close);
    fixture.close();
  }

  @Test
  void watcherOfAnUnknownServiceHearsAnEmptySet() {
    SeenInstances seen = watch(registry("shop"), "orders");

    soon().until(() -> !seen.isEmpty());

    assertThat(seen.last().instances()).isEmpty();
    assertThat(seen.last().revision()).isPositive();
  }

  @Test
  void registeredInstanceIsSeenAsItIs() {
    Instance instance = Instances.of("orders", 9001);
    SeenInstances seen = watch(registry("shop"), "orders");

    Registration registration = registry("orders").register(instance);

    soon().until(() -> seen.ids().size() == 1);
    assertThat(seen.first()).isEqualTo(instance);
    assertThat(seen.last().service()).isEqualTo("orders");
    soon().until(registration::isRegistered);
  }

  @Test
  void otherServicesAreNotSeen() {
    SeenInstances seen = watch(registry("shop"), "orders");

    registry("orders").register(Instances.of("orders-archive", 9002));
    registry("orders").register(Instances.of("orders", 9001));

    soon().until(() -> seen.holdsOnly("127.0.0.1:9001"));
  }

  @Test
  void invalidInstanceIsRefusedNamingTheField() {
    Registry registry = registry("orders");
    Instance good = Instances.of("orders", 9001);

    assertThatThrownBy(() -> registry.register(good.toBuilder().setPort(0).build()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("port: 0 (expected: 1 to 65535)");
    assertThatThrownBy(() -> registry.register(good.toBuilder().setService("Orders!").build()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("service");
    assertThatThrownBy(() -> registry.register(good.toBuilder().setWeight(10_001).build()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("weight");
    assertThatThrownBy(() -> registry.watch("a/b", set -> {}))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void leaseIsRenewed() {
    SeenInstances seen = registered();

    await()
        .during(fixture.leaseTtl().multipliedBy(2))
        .atMost(fixture.leaseTtl().multipliedBy(4))
        .until(() -> seen.holdsOnly("127.0.0.1:9001"));
    assertThat(fixture.content("svc/orders/inst/")).containsKey(KEY);
  }

  @Test
  void lostLeaseIsReplaced() {
    SeenInstances seen = registered();

    fixture.endLeaseOf(KEY);

    within(Duration.ofSeconds(3)).until(() -> fixture.content("svc/orders/inst/").size() == 1);
    soon().until(() -> seen.holdsOnly("127.0.0.1:9001"));
    assertThat(seen.all().stream().filter(set -> !set.instances().isEmpty()))
        .allSatisfy(set -> assertThat(set.instances()).hasSize(1));
  }

  @Test
  void leaseIsReplacedHoweverOftenItIsLost() {
    SeenInstances seen = registered();

    for (int i = 0; i < 3; i++) {
      long created = fixture.value(KEY).createRevision();
      fixture.endLeaseOf(KEY);
      soon().until(() -> fixture.value(KEY).createRevision() > created);
    }

    soon().until(() -> seen.holdsOnly("127.0.0.1:9001"));
  }

  @Test
  void instanceRegisteredWhileCutOffArrivesAfterwards() {
    SeenInstances seen = registered();

    fixture.cut();
    Registration late = registry("orders").register(Instances.of("orders", 9002));
    assertThat(late.isRegistered()).isFalse();
    fixture.heal();

    within(Duration.ofSeconds(10)).until(late::isRegistered);
    within(Duration.ofSeconds(10)).until(() -> seen.ids().size() == 2);
  }

  @Test
  void slowRegistryDelaysChangesAndLosesNobody() {
    SeenInstances seen = registered();
    long created = fixture.value(KEY).createRevision();

    fixture.slow(Duration.ofMillis(150));
    fixture.put(Instances.key("orders", 9002), Instances.json("orders", 9002));

    within(Duration.ofSeconds(10)).until(() -> seen.ids().size() == 2);
    await()
        .during(fixture.leaseTtl())
        .atMost(fixture.leaseTtl().multipliedBy(4))
        .until(() -> fixture.value(KEY).createRevision() == created);
    assertThat(seen.last().suspects()).isEmpty();
  }

  @Test
  void instanceDeletedByHandComesBack() {
    SeenInstances seen = registered();

    fixture.delete(KEY);

    within(Duration.ofSeconds(2)).until(() -> fixture.content("svc/orders/inst/").size() == 1);
    soon().until(() -> seen.holdsOnly("127.0.0.1:9001"));
  }

  @Test
  void instanceDeletedAfterAnEjectMarkStaysAwayUntilItIsLifted() {
    SeenInstances seen = registered();
    fixture.put("svc/orders/ctl/instance/127.0.0.1:9001", "{\"eject\":true,\"reason\":\"bad\"}");

    fixture.delete(KEY);

    soon().until(() -> seen.ids().isEmpty());
    await()
        .during(Duration.ofMillis(500))
        .atMost(Duration.ofSeconds(2))
        .until(() -> fixture.content("svc/orders/inst/").isEmpty());
    fixture.delete("svc/orders/ctl/instance/127.0.0.1:9001");
    soon().until(() -> seen.holdsOnly("127.0.0.1:9001"));
  }

  @Test
  void valueOverwrittenByHandIsSetRight() {
    SeenInstances seen = registered();

    fixture.put(KEY, Instances.json("orders", 9001).replace("100", "7"));

    soon().until(() -> fixture.value(KEY).text().contains("\"weight\":100"));
    soon().until(() -> seen.first().getWeight() == 100);
  }

  @Test
  void youngerProcessTakesTheInstanceOver() {
    SeenInstances seen = registered();
    Instance younger =
        Instances.of("orders", 9001).toBuilder()
            .setIncarnation("younger")
            .setStarted(Timestamp.newBuilder().setSeconds(2_000))
            .build();

    Registry other = registry("orders");
    other.register(younger);

    soon().until(() -> seen.ids().size() == 1 && seen.first().equals(younger));
    registries.get(0).close();
    await()
        .during(Duration.ofMillis(500))
        .atMost(Duration.ofSeconds(2))
        .until(() -> seen.first().equals(younger));
  }

  @Test
  void drainMarkIsSeenAndClosingRemovesTheInstance() {
    Registry owner = registry("orders");
    SeenInstances seen = watch(registry("shop"), "orders");
    Registration registration = owner.register(Instances.of("orders", 9001));
    soon().until(registration::isRegistered);

    registration.drain();
    soon().until(() -> seen.first().getState() == Instance.State.DRAINING);
    registration.close();

    soon().until(() -> seen.ids().isEmpty());
    assertThat(seen.last().suspects()).isEmpty();
    assertThat(registration.isRegistered()).isFalse();
    assertThat(fixture.content("svc/orders/inst/")).isEmpty();
  }

  @Test
  void readinessComesAndGoes_untilDrainingIsForGood() {
    Registry owner = registry("orders");
    SeenInstances seen = watch(registry("shop"), "orders");
    Registration registration = owner.register(Instances.of("orders", 9001));
    soon().until(() -> !seen.ids().isEmpty());

    registration.ready(false);
    soon().until(() -> seen.first().getState() == Instance.State.DRAINING);
    registration.ready(true);
    soon().until(() -> seen.first().getState() == Instance.State.UP);
    registration.drain();
    soon().until(() -> seen.first().getState() == Instance.State.DRAINING);
    registration.ready(true);
    await()
        .during(Duration.ofMillis(500))
        .atMost(Duration.ofSeconds(2))
        .until(() -> seen.first().getState() == Instance.State.DRAINING);
  }

  @Test
  void closingTheRegistryDeregistersEverything() {
    Registry owner = registry("orders");
    SeenInstances seen = watch(registry("shop"), "orders");
    owner.register(Instances.of("orders", 9001));
    owner.register(Instances.of("orders", 9002));
    soon().until(() -> seen.ids().size() == 2);

    owner.close();

    soon().until(() -> seen.ids().isEmpty());
    assertThat(seen.last().suspects()).isEmpty();
  }

  @Test
  void instanceThatVanishesWithoutADrainMarkBecomesASuspectUntilItReturns() {
    fixture.put(KEY, Instances.json("orders", 9001));
    SeenInstances seen = watch(registry("shop"), "orders");
    soon().until(() -> seen.holdsOnly("127.0.0.1:9001"));

    fixture.delete(KEY);
    soon().until(() -> seen.last().suspects().equals(Set.of("127.0.0.1:9001")));
    assertThat(seen.ids()).containsExactly("127.0.0.1:9001");

    fixture.put(KEY, Instances.json("orders", 9001));
    soon().until(() -> seen.holdsOnly("127.0.0.1:9001"));
  }

  @Test
  void suspectWhoseAddressIsTakenOverIsForgotten() {
    fixture.put(KEY, Instances.json("orders", 9001));
    SeenInstances seen = watch(registry("shop"), "orders");
    soon().until(() -> seen.holdsOnly("127.0.0.1:9001"));
    fixture.delete(KEY);
    soon().until(() -> !seen.last().suspects().isEmpty());

    fixture.put(
        "svc/orders/inst/fresh", Instances.json("orders", 9001).replace("127.0.0.1:9001", "fresh"));

    soon().until(() -> seen.holdsOnly("fresh"));
  }

  @Test
  void hostileValuesAreNeverUsed() {
    List<byte[]> corpus = HostileValues.all();
    fixture.put(Instances.key("orders", 9000), Instances.json("orders", 9000));
    SeenInstances seen = watch(registry("shop"), "orders");
    soon().until(() -> seen.holdsOnly("127.0.0.1:9000"));

    for (byte[] value : corpus) {
      fixture.put(KEY, value);
    }
    fixture.put("svc/orders/inst/", Instances.json("orders", 9001));
    fixture.put("svc/orders/inst/../../x", Instances.json("orders", 9001));
    fixture.put(Instances.key("orders", 9002), Instances.json("orders", 9002));

    soon().until(() -> seen.ids().contains("127.0.0.1:9002"));
    assertThat(seen.ids()).containsExactlyInAnyOrder("127.0.0.1:9000", "127.0.0.1:9002");
    SeenInstances fresh = watch(registry("shop"), "orders");
    soon().until(() -> fresh.ids().size() == 2);
  }

  @Test
  void badValueKeepsTheLastGoodOne() {
    fixture.put(KEY, Instances.json("orders", 9001));
    SeenInstances seen = watch(registry("shop"), "orders");
    soon().until(() -> seen.holdsOnly("127.0.0.1:9001"));

    fixture.put(KEY, "{\"port\":0}");
    fixture.put(Instances.key("orders", 9002), Instances.json("orders", 9002));

    soon().until(() -> seen.ids().size() == 2);
    assertThat(seen.first().getPort()).isEqualTo(9001);
    assertThat(seen.last().suspects()).isEmpty();
  }

  @Test
  void moreInstancesThanOnePageAreAllSeen() {
    for (int port = 10_000; port < 11_201; port++) {
      fixture.put(Instances.key("orders", port), Instances.json("orders", port));
    }

    SeenInstances seen = watch(registry("shop"), "orders");

    within(Duration.ofSeconds(10)).until(() -> seen.ids().size() == 1_201);
  }

  @Test
  void hugeValuesDoNotHideTheOthers() {
    for (int i = 0; i < 40; i++) {
      fixture.put("svc/orders/inst/huge" + i, new byte[1_000_000]);
    }
    fixture.put(KEY, Instances.json("orders", 9001));

    SeenInstances seen = watch(registry("shop"), "orders");

    within(Duration.ofSeconds(10)).until(() -> seen.holdsOnly("127.0.0.1:9001"));
  }

  @Test
  void whatChangedWhileCutOffIsCaughtUpAfterACompaction() {
    fixture.put(KEY, Instances.json("orders", 9001));
    fixture.put(Instances.key("orders", 9002), Instances.json("orders", 9002));
    SeenInstances seen = watch(registry("shop"), "orders");
    soon().until(() -> seen.ids().size() == 2);

    fixture.cut();
    fixture.delete(KEY);
    fixture.put(
        Instances.key("orders", 9002), Instances.json("orders", 9002).replace("UP", "DRAINING"));
    fixture.delete(Instances.key("orders", 9002));
    fixture.put(Instances.key("orders", 9003), Instances.json("orders", 9003));
    fixture.compact();
    int before = seen.count();
    fixture.heal();

    within(Duration.ofSeconds(5)).until(() -> seen.ids().contains("127.0.0.1:9003"));
    assertThat(seen.ids()).hasSize(3);
    assertThat(seen.last().suspects())
        .containsExactlyInAnyOrder("127.0.0.1:9001", "127.0.0.1:9002");
    assertThat(seen.count()).isEqualTo(before + 1);
  }

  @Test
  void closedSubscriptionHearsNothingMore() {
    Registry registry = registry("shop");
    SeenInstances closed = new SeenInstances();
    Subscription subscription = registry.watch("orders", closed);
    SeenInstances open = watch(registry, "orders");
    soon().until(() -> !open.isEmpty() && !closed.isEmpty());

    subscription.close();
    subscription.close();
    int heard = closed.count();
    fixture.put(KEY, Instances.json("orders", 9001));

    soon().until(() -> open.ids().size() == 1);
    assertThat(closed.count()).isEqualTo(heard);
  }

  @Test
  void listenerThatThrowsDoesNotHarmTheOthers() {
    Registry registry = registry("shop");
    registry.watch(
        "orders",
        set -> {
          throw new IllegalStateException("a listener's own fault, thrown on purpose");
        });
    SeenInstances seen = watch(registry, "orders");

    fixture.put(KEY, Instances.json("orders", 9001));

    soon().until(() -> seen.ids().size() == 1);
  }

  @Test
  void killedRegistryLosesNobodyAndHasAllBackWithinThreeSeconds() {
    SeenInstances seen = registered();

    fixture.kill();
    await()
        .during(fixture.leaseTtl())
        .atMost(fixture.leaseTtl().multipliedBy(3))
        .until(() -> seen.ids().equals(Set.of("127.0.0.1:9001")));
    fixture.restart();
    fixture.endLeaseOf(KEY);

    within(Duration.ofSeconds(3)).until(() -> fixture.content(KEY).size() == 1);
    soon().until(() -> seen.holdsOnly("127.0.0.1:9001"));
  }

  @Test
  void frozenRegistryLosesNobodyAndIsWholeWithinFiveSeconds() {
    SeenInstances seen = watch(registry("shop"), "orders");
    for (int port = 9001; port <= 9010; port++) {
      registry("orders").register(Instances.of("orders", port));
    }
    soon().until(() -> seen.ids().size() == 10);

    fixture.freeze();
    try {
      await()
          .during(fixture.leaseTtl().multipliedBy(3))
          .atMost(fixture.leaseTtl().multipliedBy(5))
          .until(() -> seen.ids().size() == 10);
    } finally {
      fixture.thaw();
    }

    within(Duration.ofSeconds(5))
        .until(
            () ->
                fixture.content("svc/orders/inst/").size() == 10
                    && seen.ids().size() == 10
                    && seen.last().suspects().isEmpty());
    assertThat(seen.all().stream().dropWhile(set -> set.instances().size() < 10))
        .allSatisfy(set -> assertThat(set.instances()).hasSize(10));
  }

  @Test
  void processStartedWhileTheRegistryIsAwayKnowsWhatTheLastOneKnew() {
    fixture.put(KEY, Instances.json("orders", 9001));
    Registry first = registry("shop");
    SeenInstances before = watch(first, "orders");
    soon().until(() -> before.holdsOnly("127.0.0.1:9001"));
    first.close();
    fixture.cut();

    SeenInstances seen = watch(registry("shop"), "orders");

    within(Duration.ofSeconds(2)).until(() -> seen.ids().equals(Set.of("127.0.0.1:9001")));
    assertThat(seen.last().revision()).isZero();
    fixture.heal();
    soon().until(() -> seen.last().revision() > 0);
    assertThat(seen.holdsOnly("127.0.0.1:9001")).isTrue();
  }

  private SeenInstances registered() {
    Registration registration = registry("orders").register(Instances.of("orders", 9001));
    SeenInstances seen = watch(registry("shop"), "orders");
    soon().until(registration::isRegistered);
    soon().until(() -> seen.holdsOnly("127.0.0.1:9001"));
    return seen;
  }

  private Registry registry(String service) {
    Registry registry = fixture.connect(ProcessIdentity.of(service), snapshots);
    registries.add(registry);
    return registry;
  }

  private static SeenInstances watch(Registry registry, String service) {
    SeenInstances seen = new SeenInstances();
    registry.watch(service, seen);
    return seen;
  }

  private static ConditionFactory soon() {
    return within(Duration.ofSeconds(5));
  }

  private static ConditionFactory within(Duration limit) {
    return await().pollInterval(Duration.ofMillis(20)).atMost(limit);
  }
}
