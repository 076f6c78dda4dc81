package dev.clearspan.rpc.discovery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import dev.clearspan.protocol.Instance;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class StaticDiscoveryTest extends FindingContract {
  @Override
  protected Discovery discoveryOf(Map<String, List<Address>> services) {
    return StaticDiscovery.of(services);
  }

  @Test
  void textNamesHostsPortsAndWeights() {
    StaticDiscovery discovery =
        StaticDiscovery.parse(
            """
            # the shop
            payments=10.0.0.1:9090;10.0.0.2:9090,weight=200
            orders=[2001:db8::7]:9090 ledger=ledger.internal:80   # two on a line
            """);

    assertThat(found(discovery, "payments"))
        .extracting(Instance::getInstanceId, Instance::getWeight)
        .containsExactly(tuple("10.0.0.1:9090", 100), tuple("10.0.0.2:9090", 200));
    assertThat(found(discovery, "orders"))
        .extracting(Instance::getInstanceId, Instance::getHost)
        .containsExactly(tuple("[2001:db8::7]:9090", "2001:db8::7"));
    assertThat(found(discovery, "ledger"))
        .extracting(Instance::getHost)
        .containsExactly("ledger.internal");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "payments",
        "payments=",
        "payments=10.0.0.1",
        "payments=10.0.0.1:0",
        "payments=10.0.0.1:65536",
        "payments=0.0.0.0:80",
        "payments=10.0.0.1:80,weight=10001",
        "payments=10.0.0.1:80,heavy",
        "payments=10.0.0.1:80;10.0.0.1:80",
        "payments=10.0.0.1:80 payments=10.0.0.2:80",
        "Payments=10.0.0.1:80",
        "payments=2001:db8::7:80"
      })
  void textThatIsNotUnderstoodIsRefusedWithWhatIsExpected(String text) {
    assertThatThrownBy(() -> StaticDiscovery.parse(text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("(expected: ");
  }

  @Test
  void registrationsAreRefusedWithTheRemedy() {
    assertThatThrownBy(() -> StaticDiscovery.of(Map.of()).register(Instances.of("orders", 9001)))
        .isInstanceOf(UnsupportedOperationException.class)
        .hasMessageContaining("expected: a registry such as etcd");
  }

  private static List<Instance> found(StaticDiscovery discovery, String service) {
    SeenInstances seen = new SeenInstances();
    discovery.watch(service, seen);
    return seen.last().instances();
  }
}
