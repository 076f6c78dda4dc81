package dev.clearspan.tracing.internal.span;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class HostPortTest {
  @ParameterizedTest
  @CsvSource({
    "10.0.0.7:9090, 10.0.0.7, 9090",
    "orders.shop:80, orders.shop, 80",
    "[::1]:9090, ::1, 9090",
    "[::1], ::1, 0",
    "orders, orders, 0",
    "orders:, orders, 0",
    "orders:port, orders, 0",
    "orders:999999, orders, 0"
  })
  void takesAnAddressApart(String address, String host, int port) {
    assertThat(HostPort.parse(address)).isEqualTo(new HostPort(host, port));
  }
}
