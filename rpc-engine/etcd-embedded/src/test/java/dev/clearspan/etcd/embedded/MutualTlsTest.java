package dev.clearspan.etcd.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import dev.clearspan.rpc.Tls;
import dev.clearspan.rpc.internal.tls.TestAuthority;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** With certificates: etcdctl shows one, or stays outside. */
final class MutualTlsTest {
  @TempDir Path directory;

  @Test
  void onlyClientsWithACertificateGetIn() throws Exception {
    TestAuthority authority = new TestAuthority(directory.resolve("pki"));
    Tls.KeyFiles server = authority.write("server", authority.server());
    Tls.KeyFiles client = authority.write("client", authority.caller("spiffe://test/operator"));
    Tls tls =
        Tls.of(server.certificates(), server.key())
            .trusting(authority.authorities())
            .clients(Tls.Clients.REQUIRED);
    RegistrySettings settings =
        RegistrySettings.in(directory.resolve("data")).withPort(0).at("127.0.0.1", tls);
    try (EmbeddedRegistry registry = EmbeddedRegistry.start(settings)) {
      String trust = "--cacert=" + authority.authorities();
      String certificate = "--cert=" + client.certificates();
      String key = "--key=" + client.key();

      assertThat(etcdctl(registry, trust, certificate, key)).isEqualTo("OK\nexit code 0");
      assertThat(etcdctl(registry, trust)).doesNotContain("OK").contains("exit code 1");
    }
  }

  private static String etcdctl(EmbeddedRegistry registry, String... options) {
    List<String> command = new ArrayList<>();
    command.addAll(
        List.of("etcdctl", "--endpoints=" + registry.endpoint(), "--command-timeout=3s"));
    command.addAll(List.of(options));
    command.addAll(List.of("put", "k", "v"));
    ProcessBuilder program = new ProcessBuilder(command);
    program.environment().put("ETCDCTL_API", "3");
    return EmbeddedProcess.output(program);
  }
}
