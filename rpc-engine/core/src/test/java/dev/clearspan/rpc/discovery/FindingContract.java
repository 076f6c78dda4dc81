package dev.clearspan.rpc.discovery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.google.protobuf.StringValue;
import dev.clearspan.protocol.Instance;
import dev.clearspan.rpc.CallOptions;
import dev.clearspan.rpc.RpcChannel;
import dev.clearspan.rpc.RpcServer;
import dev.clearspan.rpc.server.EchoService;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What every {@link Discovery} does that finds instances, whether or not it can register any. */
public abstract class FindingContract {
  private static final Map<String, List<Address>> KNOWN =
      Map.of(
          "orders", List.of(Address.of("10.0.0.2", 9090), Address.of("10.0.0.1", 9090)),
          "payments", List.of(Address.of("10.0.1.1", 9091)));

  private final List<Discovery> open = new ArrayList<>();

  /** A discovery that finds precisely these. */
  protected abstract Discovery discoveryOf(Map<String, List<Address>> services);

  /** Closes the discoveries; fixtures that they need are closed after that. */
  @AfterEach
  protected void close() {
    open.forEach(Discovery::close);
  }

  @Test
  void eachAddressIsAnInstanceThatTakesCalls() {
    SeenInstances seen = watch(discovery(KNOWN), "orders");

    soon().until(() -> seen.last().instances().size() == 2);
    InstanceSet set = seen.last();
    assertThat(set.service()).isEqualTo("orders");
    assertThat(set.revision()).isPositive();
    assertThat(set.suspects()).isEmpty();
    assertThat(set.instances())
        .extracting(Instance::getInstanceId)
        .containsExactly("10.0.0.1:9090", "10.0.0.2:9090");
    assertThat(set.instances())
        .allSatisfy(
            instance -> {
              assertThat(InstanceRules.violation(instance)).isEmpty();
              assertThat(instance.getService()).isEqualTo("orders");
              assertThat(instance.getWeight()).isEqualTo(100);
              assertThat(instance.getState()).isEqualTo(Instance.State.UP);
            });
  }

  @Test
  void serviceNobodyKnowsIsAnEmptySet() {
    SeenInstances seen = watch(discovery(KNOWN), "ledger");

    soon().until(() -> !seen.isEmpty());
    assertThat(seen.last().service()).isEqualTo("ledger");
    assertThat(seen.last().instances()).isEmpty();
  }

  @Test
  void nameThatIsNoneIsRefused() {
    Discovery discovery = discovery(KNOWN);

    assertThatThrownBy(() -> discovery.watch("a/b", set -> {}))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("[a-z0-9._-]{1,63}");
  }

  @Test
  void listenerThatFailsOrLeavesDoesNotHarmTheOthers() {
    Discovery discovery = discovery(KNOWN);
    discovery.watch(
        "payments",
        set -> {
          throw new IllegalStateException("a listener's own fault, thrown on purpose");
        });
    Subscription left = discovery.watch("payments", set -> {});
    left.close();
    left.close();

    SeenInstances seen = watch(discovery, "payments");

    soon().until(() -> seen.holdsOnly("10.0.1.1:9091"));
  }

  @Test
  void channelCallsWhatIsFoundByItsDefaultRules() {
    try (RpcServer server = RpcServer.builder("echo").service(new EchoService()).start()) {
      Discovery discovery =
          discovery(Map.of("echo", List.of(Address.of("127.0.0.1", server.port()))));
      try (RpcChannel channel = RpcChannel.builder("echo").discovery(discovery).build()) {
        assertThat(channel.call(EchoService.ECHO, StringValue.of("7"), CallOptions.DEFAULT))
            .isEqualTo(StringValue.of("7"));
      }
    }
  }

  private Discovery discovery(Map<String, List<Address>> services) {
    Discovery discovery = discoveryOf(services);
    open.add(discovery);
    return discovery;
  }

  private static SeenInstances watch(Discovery discovery, String service) {
    SeenInstances seen = new SeenInstances();
    discovery.watch(service, seen);
    return seen;
  }

  private static ConditionFactory soon() {
    return await().pollInterval(Duration.ofMillis(20)).atMost(Duration.ofSeconds(30));
  }
}
