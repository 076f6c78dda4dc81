package dev.clearspan.console.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TrustedProxiesTest {
  private final TrustedProxies proxies =
      TrustedProxies.of(List.of("10.0.0.0/8", "192.168.1.7", "::1"));

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "10.1.2.3    | 203.0.113.9                | 203.0.113.9",
        "10.1.2.3    | 203.0.113.9, 192.168.1.7   | 203.0.113.9",
        "::1         | 2001:db8::5                | 2001:db8::5",
        // What the caller itself puts in front counts for nothing.
        "10.1.2.3    | 127.0.0.1, 203.0.113.9     | 203.0.113.9",
        "10.1.2.3    | 10.9.9.9                   | 10.9.9.9",
        // Nobody else may say who they are.
        "203.0.113.9 | 127.0.0.1                  | 203.0.113.9",
        "10.1.2.3    | localhost                  | 10.1.2.3",
        "10.1.2.3    | dead.beef                  | 10.1.2.3",
        "10.1.2.3    | 999.1.1.1                  | 999.1.1.1",
      })
  void theCallerIsTheLastHopThatIsNoProxy(String peer, String forwardedFor, String caller) {
    assertThat(proxies.caller(peer, forwardedFor)).isEqualTo(caller);
  }

  @Test
  void withoutProxiesOrHopsItIsThePeer() {
    assertThat(proxies.caller("10.1.2.3", null)).isEqualTo("10.1.2.3");
    assertThat(TrustedProxies.of(List.of()).caller("10.1.2.3", "203.0.113.9"))
        .isEqualTo("10.1.2.3");
  }

  @Test
  void whatIsNoAddressIsNamed() {
    assertThatThrownBy(() -> TrustedProxies.of(List.of("proxy.example")))
        .hasMessageContaining(
            "CLEARSPAN_TRUSTED_PROXIES: \"proxy.example\" (expected: IP addresses");
  }
}
