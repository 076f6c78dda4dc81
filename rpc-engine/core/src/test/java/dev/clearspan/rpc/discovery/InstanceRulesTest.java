package dev.clearspan.rpc.discovery;

import static org.assertj.core.api.Assertions.assertThat;

import dev.clearspan.protocol.Instance;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class InstanceRulesTest {
  private static final Instance GOOD = Instances.of("orders", 9001);

  @Test
  void ordinaryInstanceIsValid() {
    assertThat(InstanceRules.violation(GOOD)).isEmpty();
    assertThat(InstanceRules.violation(GOOD.toBuilder().setWeight(0).build())).isEmpty();
    assertThat(InstanceRules.violation(GOOD.toBuilder().setWeight(10_000).build())).isEmpty();
  }

  @Test
  void violationNamesFieldValueAndExpectation() {
    assertThat(InstanceRules.violation(GOOD.toBuilder().setPort(70_000).build()))
        .contains("port: 70000 (expected: 1 to 65535)");
  }

  @Test
  void tagsAndProtocolsAreBounded() {
    Instance.Builder tags = GOOD.toBuilder();
    Instance.Builder protocols = GOOD.toBuilder();
    for (int i = 0; i < 65; i++) {
      tags.putTags("k" + i, "v");
      protocols.addProtocols("p" + i);
    }

    assertThat(InstanceRules.violation(tags.build()).orElse("")).startsWith("tags: 65");
    assertThat(InstanceRules.violation(protocols.build()).orElse("")).startsWith("protocols: 65");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "10.0.0.7",
        "::1",
        "fe80::1",
        "2001:db8::7",
        "localhost",
        "orders-0.orders.svc",
        "host_with_underscore",
        "a.example.com.",
        "3com.example"
      })
  void hostsThatCanBeDialled(String host) {
    assertThat(HostNames.isDialable(host)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "0.0.0.0",
        "::",
        "224.0.0.1",
        "ff02::1",
        "255.255.255.255",
        "256.1.1.1",
        "1.2.3",
        "0x7f.1",
        "0x7f000001",
        "127.1",
        "[::1]",
        "fe80::1%eth0",
        "a b",
        "a/b",
        "a@b",
        "a:80",
        "-a",
        "a..b",
        ".",
        "http://a"
      })
  void hostsThatCannot(String host) {
    assertThat(HostNames.isDialable(host)).isFalse();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "Orders", "a/b", "..", ".", "a b", "ordërs", "-", "a\n"})
  void notServiceNames(String name) {
    assertThat(RegistryNames.isName(name)).isFalse();
  }

  @ParameterizedTest
  @ValueSource(strings = {"orders", "orders-v2", "a.b_c", "7"})
  void serviceNames(String name) {
    assertThat(RegistryNames.isName(name)).isTrue();
  }
}
