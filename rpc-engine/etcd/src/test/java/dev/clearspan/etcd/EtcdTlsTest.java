package dev.clearspan.etcd;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.clearspan.rpc.ProcessIdentity;
import dev.clearspan.rpc.Tls;
import dev.clearspan.rpc.discovery.Instances;
import dev.clearspan.rpc.discovery.Registration;
import dev.clearspan.rpc.internal.tls.TestAuthority;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.List;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An etcd that speaks TLS and wants to see client certificates. */
final class EtcdTlsTest {
  @TempDir static Path folder;
  private static TestAuthority authority;
  private static TestAuthority stranger;
  private static Tls.KeyFiles own;
  private static EtcdProcess etcd;

  @TempDir Path snapshots;

  @BeforeAll
  static void start() throws Exception {
    Awaitility.setDefaultTimeout(Duration.ofSeconds(60));
    authority = new TestAuthority(folder.resolve("authority"));
    stranger = new TestAuthority(folder.resolve("stranger"));
    Tls.KeyFiles server = authority.write("server", authority.server());
    own = authority.write("client", authority.issue(to -> to.subject("CN=shop")));
    etcd =
        EtcdProcess.start(
            List.of(
                "--cert-file=" + server.certificates(),
                "--key-file=" + server.key(),
                "--trusted-ca-file=" + authority.authorities(),
                "--client-cert-auth"),
            List.of(
                "--cacert=" + authority.authorities(),
                "--cert=" + own.certificates(),
                "--key=" + own.key()));
  }

  @AfterAll
  static void stop() {
    etcd.close();
  }

  @Test
  void clientWithACertificateIsServed() {
    try (EtcdRegistry registry =
        registry(Tls.DEFAULT.with(own).trusting(authority.authorities()))) {
      Registration registration = registry.register(Instances.of("orders", 9001));

      await().until(registration::isRegistered);
      assertThat(etcd.etcdctl("get", "--prefix", "/clearspan/v1/tls/svc/orders/inst/"))
          .contains("127.0.0.1:9001");
    }
  }

  @Test
  void foreignAuthorityIsNamedWithItsRemedy() {
    assertThat(refusal(Tls.DEFAULT.with(own).trusting(stranger.authorities())))
        .contains("certification path")
        .contains("trusting");
  }

  @Test
  void missingClientCertificateIsNamedWithItsRemedy() {
    assertThat(refusal(Tls.DEFAULT.trusting(authority.authorities())))
        .contains("certificate")
        .contains("CLEARSPAN_ETCD_CERT");
  }

  @Test
  void filesThatAreNoCertificatesAreNamed() throws Exception {
    Path junk = Files.writeString(folder.resolve("junk.crt"), "junk");

    assertThat(refusal(Tls.DEFAULT.trusting(junk))).contains("junk.crt").contains("expected: PEM");
  }

  @Test
  void replacedFilesAreUsedWithoutARestart() throws Exception {
    Path trusted = folder.resolve("rotated.crt");
    Files.copy(stranger.authorities(), trusted, StandardCopyOption.REPLACE_EXISTING);
    try (EtcdRegistry registry = registry(Tls.DEFAULT.with(own).trusting(trusted))) {
      Registration registration = registry.register(Instances.of("payments", 9001));
      await().during(Duration.ofSeconds(1)).until(() -> !registration.isRegistered());

      Files.copy(authority.authorities(), trusted, StandardCopyOption.REPLACE_EXISTING);

      await().until(registration::isRegistered);
    }
  }

  private static String refusal(Tls tls) {
    try (EtcdControlStore store =
        EtcdControlStore.builder().endpoints(etcd.endpoint()).env("tls").tls(tls).build()) {
      await().until(() -> !store.health().detail().equals("not connected yet"));
      assertThat(store.health().connected()).isFalse();
      return store.health().detail();
    }
  }

  private EtcdRegistry registry(Tls tls) {
    return EtcdRegistry.builder()
        .endpoints(etcd.endpoint())
        .env("tls")
        .identity(ProcessIdentity.of("shop"))
        .tls(tls)
        .ttl(Duration.ofSeconds(5))
        .snapshotDirectory(snapshots)
        .build();
  }
}
