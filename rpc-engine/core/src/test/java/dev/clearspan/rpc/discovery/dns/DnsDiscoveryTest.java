package dev.clearspan.rpc.discovery.dns;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.clearspan.protocol.Instance;
import dev.clearspan.rpc.discovery.Address;
import dev.clearspan.rpc.discovery.Discovery;
import dev.clearspan.rpc.discovery.FindingContract;
import dev.clearspan.rpc.discovery.Instances;
import dev.clearspan.rpc.discovery.SeenInstances;
import dev.clearspan.rpc.discovery.Subscription;
import dev.clearspan.rpc.discovery.dns.TinyNameServer.Mood;
import io.netty.handler.codec.dns.DnsRecordType;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Against a name server of the test's own, over UDP. */
final class DnsDiscoveryTest extends FindingContract {
  private static final String NAME = "orders.shop.test";

  private final TinyNameServer server = new TinyNameServer();

  @Override
  protected Discovery discoveryOf(Map<String, List<Address>> services) {
    DnsDiscovery.Builder builder = builder();
    services.forEach(
        (service, addresses) -> {
          String name = service + ".contract.test";
          server.hosts(name, addresses.stream().map(Address::host).toArray(String[]::new));
          builder.host(service, name, addresses.get(0).port());
        });
    return builder.build();
  }

  @AfterEach
  void stop() {
    server.close();
  }

  @Test
  void changedAnswersAreFollowed() {
    server.hosts(NAME, "10.0.0.1", "10.0.0.2");
    try (DnsDiscovery discovery = orders()) {
      SeenInstances seen = watch(discovery);
      soon().until(() -> seen.ids().equals(Set.of("10.0.0.1:9090", "10.0.0.2:9090")));

      server.hosts(NAME, "10.0.0.2", "10.0.0.3");

      soon().until(() -> seen.ids().equals(Set.of("10.0.0.2:9090", "10.0.0.3:9090")));
      assertThat(seen.last().suspects()).isEmpty();
      assertThat(seen.last().revision()).isGreaterThan(1);
    }
  }

  @Test
  void nameThatVanishesMakesSuspectsAndEmptiesNothing() {
    server.hosts(NAME, "10.0.0.1");
    try (DnsDiscovery discovery = orders()) {
      SeenInstances seen = watch(discovery);
      soon().until(() -> seen.holdsOnly("10.0.0.1:9090"));

      server.forget(NAME);
      soon().until(() -> seen.last().suspects().equals(Set.of("10.0.0.1:9090")));
      assertThat(seen.ids()).containsExactly("10.0.0.1:9090");

      server.hosts(NAME);
      int before = server.questions();
      soon().until(() -> server.questions() > before + 3);
      assertThat(seen.last().suspects()).containsExactly("10.0.0.1:9090");

      server.hosts(NAME, "10.0.0.1");
      soon().until(() -> seen.holdsOnly("10.0.0.1:9090"));
    }
  }

  @Test
  void errorsAndSilenceChangeNothing() {
    server.hosts(NAME, "10.0.0.1");
    try (DnsDiscovery discovery = orders()) {
      SeenInstances seen = watch(discovery);
      soon().until(() -> seen.holdsOnly("10.0.0.1:9090"));

      for (Mood mood : List.of(Mood.FAILS, Mood.SILENT)) {
        server.mood(mood);
        int before = server.questions();
        soon().until(() -> server.questions() > before + 2);
        assertThat(seen.holdsOnly("10.0.0.1:9090")).isTrue();
      }

      server.hosts(NAME, "10.0.0.2");
      server.mood(Mood.ANSWERS);
      soon().until(() -> seen.holdsOnly("10.0.0.2:9090"));
      assertThat(seen.all()).allSatisfy(set -> assertThat(set.instances()).hasSize(1));
    }
  }

  @Test
  void nothingIsSaidBeforeANameServerAnswers() {
    server.mood(Mood.SILENT);
    server.hosts(NAME, "10.0.0.1");
    try (DnsDiscovery discovery = orders()) {
      SeenInstances seen = watch(discovery);
      soon().until(() -> server.questions() > 1);
      assertThat(seen.isEmpty()).isTrue();

      server.mood(Mood.ANSWERS);

      soon().until(() -> seen.holdsOnly("10.0.0.1:9090"));
      assertThat(seen.all().get(0).instances()).hasSize(1);
    }
  }

  @Test
  void secondNameServerIsAskedWhenTheFirstIsSilent() {
    server.hosts(NAME, "10.0.0.1");
    try (TinyNameServer silent = new TinyNameServer();
        DnsDiscovery discovery =
            builder()
                .nameServers(silent.address(), server.address())
                .host("orders", NAME, 9090)
                .build()) {
      silent.mood(Mood.SILENT);
      SeenInstances seen = watch(discovery);

      soon().until(() -> seen.holdsOnly("10.0.0.1:9090"));
      assertThat(silent.questions()).isPositive();
    }
  }

  @Test
  void answersThatLiveLongerThanTheIntervalAreAskedForAgainAllTheSame() {
    server.ttl(3_600);
    server.hosts(NAME, "10.0.0.1");
    try (DnsDiscovery discovery = orders()) {
      SeenInstances seen = watch(discovery);
      soon().until(() -> seen.holdsOnly("10.0.0.1:9090"));

      server.hosts(NAME, "10.0.0.2");

      soon().until(() -> seen.holdsOnly("10.0.0.2:9090"));
    }
  }

  @Test
  void answersThatLiveShorterThanTheIntervalAreAskedForWhenTheyEnd() {
    server.ttl(1);
    server.hosts(NAME, "10.0.0.1");
    try (DnsDiscovery discovery =
        builder().interval(Duration.ofHours(1)).host("orders", NAME, 9090).build()) {
      SeenInstances seen = watch(discovery);
      soon().until(() -> seen.holdsOnly("10.0.0.1:9090"));

      server.hosts(NAME, "10.0.0.2");

      soon().until(() -> seen.holdsOnly("10.0.0.2:9090"));
    }
  }

  @Test
  void ipv6IsAskedForWhereThereIsNoIpv4() {
    server.hosts(NAME, "2001:db8::7");
    try (DnsDiscovery discovery = orders()) {
      SeenInstances seen = watch(discovery);

      soon().until(() -> seen.ids().equals(Set.of("[2001:db8:0:0:0:0:0:7]:9090")));
    }
  }

  @Test
  void serviceRecordsGivePortsAndWeightsOfTheBestPriority() {
    server.service("_rpc._tcp.shop.test", 10, 30, 9001, "a.shop.test");
    server.service("_rpc._tcp.shop.test", 10, 0, 9002, "b.shop.test");
    server.service("_rpc._tcp.shop.test", 20, 70, 9003, "c.shop.test");
    server.hosts("a.shop.test", "10.0.0.1", "10.0.0.2");
    server.hosts("b.shop.test", "10.0.0.3");
    server.hosts("c.shop.test", "10.0.0.4");
    try (DnsDiscovery discovery = builder().srv("orders", "_rpc._tcp.shop.test").build()) {
      SeenInstances seen = watch(discovery);

      soon()
          .untilAsserted(
              () ->
                  assertThat(weights(seen))
                      .isEqualTo(
                          Map.of("10.0.0.1:9001", 30, "10.0.0.2:9001", 30, "10.0.0.3:9002", 1)));
    }
  }

  @Test
  void hostileRecordsAreNeverUsed() {
    server.hosts(NAME, "0.0.0.0", "224.0.0.1", "255.255.255.255", "10.0.0.1");
    server.raw("_rpc._tcp.shop.test", DnsRecordType.SRV, new byte[] {0, 1});
    try (DnsDiscovery discovery =
        builder().host("orders", NAME, 9090).srv("payments", "_rpc._tcp.shop.test").build()) {
      SeenInstances payments = new SeenInstances();
      discovery.watch("payments", payments);
      SeenInstances seen = watch(discovery);

      soon().until(() -> seen.holdsOnly("10.0.0.1:9090"));
      assertThat(payments.isEmpty()).isTrue();
    }
  }

  @Test
  void closedSubscriptionHearsNothingMore() {
    server.hosts(NAME, "10.0.0.1");
    try (DnsDiscovery discovery = orders()) {
      SeenInstances closed = new SeenInstances();
      Subscription subscription = discovery.watch("orders", closed);
      SeenInstances seen = watch(discovery);
      soon().until(() -> !closed.isEmpty() && !seen.isEmpty());

      subscription.close();
      int heard = closed.count();
      server.hosts(NAME, "10.0.0.2");

      soon().until(() -> seen.holdsOnly("10.0.0.2:9090"));
      assertThat(closed.count()).isEqualTo(heard);
    }
  }

  @Test
  void settingsThatCannotBeAreRefusedWithWhatIsExpected() {
    assertThatThrownBy(() -> builder().host("orders", "10.0.0.1", 9090))
        .hasMessageContaining("expected: a host name");
    assertThatThrownBy(() -> builder().host("orders", NAME, 0)).hasMessageContaining("port: 0");
    assertThatThrownBy(() -> builder().interval(Duration.ZERO))
        .hasMessageContaining("expected: 100 ms to 1 h");
    assertThatThrownBy(() -> builder().srv("orders", NAME).host("orders", NAME, 1))
        .hasMessageContaining("orders: two names");
    try (DnsDiscovery discovery = orders()) {
      assertThatThrownBy(() -> discovery.register(Instances.of("orders", 9001)))
          .isInstanceOf(UnsupportedOperationException.class)
          .hasMessageContaining("expected: a registry such as etcd");
    }
  }

  private DnsDiscovery orders() {
    return builder().host("orders", NAME, 9090).build();
  }

  private DnsDiscovery.Builder builder() {
    return DnsDiscovery.builder()
        .nameServers(server.address())
        .interval(Duration.ofMillis(100))
        .timeout(Duration.ofMillis(200));
  }

  private static SeenInstances watch(Discovery discovery) {
    SeenInstances seen = new SeenInstances();
    discovery.watch("orders", seen);
    return seen;
  }

  private static Map<String, Integer> weights(SeenInstances seen) {
    return seen.last().instances().stream()
        .collect(Collectors.toMap(Instance::getInstanceId, Instance::getWeight));
  }

  private static ConditionFactory soon() {
    return await().pollInterval(Duration.ofMillis(20)).atMost(Duration.ofSeconds(30));
  }
}
