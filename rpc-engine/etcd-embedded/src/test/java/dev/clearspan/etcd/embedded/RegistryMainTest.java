package dev.clearspan.etcd.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.clearspan.rpc.Tls;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The command line, and the process that it starts. */
final class RegistryMainTest {
  @TempDir Path directory;

  @Test
  void listensOnLoopbackAtEtcdsPortUnlessTold() {
    RegistrySettings settings = RegistryOptions.settings();

    assertThat(settings.port()).isEqualTo(2379);
    assertThat(settings.host()).isEqualTo("127.0.0.1");
    assertThat(settings.directory()).isEqualTo(Path.of(".clearspan/registry"));
  }

  @Test
  void leavesThisMachineOnlyWhereClientsShowCertificates() {
    assertThatThrownBy(() -> RegistryOptions.settings("--host", "0.0.0.0"))
        .hasMessageContaining("host: 0.0.0.0 (expected: a loopback address, or TLS");
    Tls anybody = Tls.of(Path.of("tls.crt"), Path.of("tls.key"));
    assertThatThrownBy(() -> RegistrySettings.in(directory).at("0.0.0.0", anybody))
        .hasMessageContaining("requires certificates of clients");

    RegistrySettings settings =
        RegistryOptions.settings(
            "--host", "0.0.0.0", "--cert", "tls.crt", "--key", "tls.key", "--ca", "ca.crt");
    assertThat(settings.tls()).isNotNull();
  }

  @Test
  void wrongUseIsToldInWords() {
    assertThatThrownBy(() -> RegistryOptions.settings("--prot", "1"))
        .hasMessage(
            "unknown option --prot (expected: one of --port, --data, --host, --cert, --key, --ca)");
    assertThatThrownBy(() -> RegistryOptions.settings("--port", "70000"))
        .hasMessage("port: 70000 (expected: 0 to 65535)");
    assertThatThrownBy(() -> RegistryOptions.settings("--port", "x"))
        .hasMessage("--port: x (expected: 0 to 65535)");
    assertThatThrownBy(() -> RegistryOptions.settings("--data")).hasMessageContaining("no value");
    assertThatThrownBy(() -> RegistryOptions.settings("--ca", "ca.crt"))
        .hasMessageContaining("all three, or none");
  }

  @Test
  void saysWhereItIsAndStopsWhenTold() {
    try (EmbeddedProcess registry = EmbeddedProcess.start()) {
      await()
          .untilAsserted(
              () ->
                  assertThat(registry.log())
                      .contains("registry at " + registry.endpoint(), "0 keys"));

      int code = registry.terminate();

      assertThat(code).isEqualTo(128 + 15);
    }
  }
}
