package dev.clearspan.etcd;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.clearspan.rpc.Tls;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class EtcdAccessTest {
  @Test
  void withoutVariablesThereIsNoUserAndTheJdksTrust() {
    EtcdAccess access = access(Map.of());

    assertThat(access.credentials()).isNull();
    assertThat(access.tls()).isEqualTo(Tls.DEFAULT);
  }

  @Test
  void userAndPasswordComeFromVariablesOrAFile(@TempDir Path folder) throws Exception {
    Path file = Files.writeString(folder.resolve("password"), "s3cret\n");

    assertThat(access(Map.of("CLEARSPAN_ETCD_USER", "orders", "CLEARSPAN_ETCD_PASSWORD", "s3cret")))
        .isEqualTo(
            access(
                Map.of(
                    "CLEARSPAN_ETCD_USER",
                    "orders",
                    "CLEARSPAN_ETCD_PASSWORD_FILE",
                    file.toString())))
        .extracting(EtcdAccess::credentials)
        .asString()
        .contains("orders")
        .doesNotContain("s3cret");
  }

  @Test
  void certificatesComeFromVariables() {
    Tls tls =
        access(
                Map.of(
                    "CLEARSPAN_ETCD_CA", "ca.crt",
                    "CLEARSPAN_ETCD_CERT", "own.crt",
                    "CLEARSPAN_ETCD_KEY", "own.key"))
            .tls();

    assertThat(tls)
        .isEqualTo(Tls.of(Path.of("own.crt"), Path.of("own.key")).trusting(Path.of("ca.crt")));
  }

  @Test
  void halfASettingSaysWhatIsMissing() {
    assertThatThrownBy(() -> access(Map.of("CLEARSPAN_ETCD_USER", "orders")))
        .hasMessageContaining("expected: CLEARSPAN_ETCD_PASSWORD_FILE");
    assertThatThrownBy(() -> access(Map.of("CLEARSPAN_ETCD_KEY", "own.key")))
        .hasMessageContaining("expected: both or none");
  }

  private static EtcdAccess access(Map<String, String> environment) {
    return EtcdAccess.of(environment::get);
  }
}
