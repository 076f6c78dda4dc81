package dev.clearspan.examples.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import org.junit.jupiter.api.Test;

class PortsTest {
  @Test
  void takenPort_isReplacedByAFreeOne() throws IOException {
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      int port = new Ports(false).take(taken.getLocalPort());
      assertThat(port).isNotEqualTo(taken.getLocalPort()).isPositive();
      assertThat(Ports.isFree(port)).isTrue();
    }
  }

  @Test
  void freePort_isGivenOnce() throws IOException {
    int free;
    try (ServerSocket probe = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      free = probe.getLocalPort();
    }
    Ports ports = new Ports(false);
    assertThat(ports.take(free)).isEqualTo(free);
    assertThat(ports.take(free)).isNotEqualTo(free);
  }

  @Test
  void smokeRuns_doNotWantTheUsualPorts() {
    assertThat(new Ports(true).take(8080)).isNotEqualTo(8080);
  }
}
