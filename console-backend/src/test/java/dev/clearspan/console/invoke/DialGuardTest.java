package dev.clearspan.console.invoke;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.clearspan.console.problem.ProblemException;
import dev.clearspan.protocol.Instance;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DialGuardTest {
  private static Instance at(String host) {
    return Instance.newBuilder().setInstanceId("i").setHost(host).setPort(80).build();
  }

  @ParameterizedTest
  @ValueSource(strings = {"127.0.0.1", "::1", "10.1.2.3", "172.31.0.1", "192.168.0.9", "fd12::7"})
  void whereServicesUsuallyAreIsAllowed(String host) {
    assertThat(DialGuard.of(List.of()).checked(at(host)).getPort()).isEqualTo(80);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "169.254.169.254",
        "::ffff:169.254.169.254",
        "fe80::a9fe:a9fe",
        "100.100.100.200",
        "fd00:ec2::254",
        "0.0.0.0",
        "::",
        "224.0.0.1",
        "ff02::1"
      })
  void whatIsNeverDialled_isNotEvenIfItIsInAnAllowedNetwork(String host) {
    DialGuard wide = DialGuard.of(List.of("0.0.0.0/0", "::/0"));
    assertThatThrownBy(() -> wide.checked(at(host)))
        .isInstanceOf(ProblemException.class)
        .hasMessageContaining("none that the console dials");
  }

  @ParameterizedTest
  @ValueSource(strings = {"8.8.8.8", "172.32.0.1", "2001:4860::8888", "11.0.0.1"})
  void publicAddressesHaveToBeAllowed(String host) {
    assertThatThrownBy(() -> DialGuard.of(List.of()).checked(at(host)))
        .hasMessageContaining("CLEARSPAN_INVOKE_NETWORKS");
    DialGuard wide = DialGuard.of(List.of("0.0.0.0/0", "::/0"));
    assertThat(wide.checked(at(host)).getInstanceId()).isEqualTo("i");
  }

  @Test
  void aNameIsDialledAtTheAddressThatWasChecked() {
    String host = DialGuard.of(List.of()).checked(at("localhost")).getHost();
    assertThat(host).isIn("127.0.0.1", "0:0:0:0:0:0:0:1");
    assertThatThrownBy(() -> DialGuard.of(List.of()).checked(at("no-such-host.invalid")))
        .hasMessageContaining("the name is not known here");
  }

  @Test
  void settingsSayWhatIsWrongWithThem() {
    assertThatThrownBy(() -> DialGuard.of(List.of("10.0.0.0/33")))
        .hasMessageContaining("CLEARSPAN_INVOKE_NETWORKS: \"10.0.0.0/33\"");
    assertThatThrownBy(() -> InvokeSettings.from(Map.of("CLEARSPAN_INVOKE_CERT", "tls.crt")::get))
        .hasMessageContaining("CLEARSPAN_INVOKE_KEY: none");
    InvokeSettings read =
        InvokeSettings.from(Map.of("CLEARSPAN_INVOKE_NETWORKS", "10.0.0.0/8, ::1")::get);
    assertThat(read.networks()).containsExactly("10.0.0.0/8", "::1");
    assertThat(read.tls()).isNull();
  }
}
