package dev.clearspan.etcd;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.clearspan.protocol.AuditEntry;
import dev.clearspan.rpc.ProcessIdentity;
import dev.clearspan.rpc.control.ControlStore;
import dev.clearspan.rpc.discovery.Instances;
import dev.clearspan.rpc.discovery.Registration;
import dev.clearspan.rpc.discovery.SeenInstances;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An etcd that wants users and passwords, and forgets who has signed in after two seconds. */
final class EtcdAuthTest {
  private static EtcdProcess etcd;

  @TempDir Path snapshots;

  @BeforeAll
  static void start() {
    Awaitility.setDefaultTimeout(Duration.ofSeconds(60));
    etcd =
        EtcdProcess.start(
            List.of("--auth-token-ttl=2", "--bcrypt-cost=4"), List.of("--user=root:root"));
    etcd.etcdctl("user", "add", "root:root");
    etcd.etcdctl("user", "grant-role", "root", "root");
    etcd.etcdctl("auth", "enable");
  }

  @AfterAll
  static void stop() {
    etcd.close();
  }

  @Test
  void userWithTheRightPasswordIsServed() {
    try (EtcdRegistry registry = registry("root")) {
      Registration registration = registry.register(Instances.of("orders", 9001));
      SeenInstances seen = watch(registry);

      await().until(registration::isRegistered);
      await().until(() -> seen.holdsOnly("127.0.0.1:9001"));
    }
  }

  @Test
  void forgottenSignInIsRepeated() {
    try (EtcdRegistry registry = registry("root")) {
      Registration registration = registry.register(Instances.of("orders", 9002));
      SeenInstances seen = watch(registry);
      await().until(registration::isRegistered);

      etcd.kill();
      etcd.restart();
      etcd.awaitReady();
      etcd.etcdctl("del", "/clearspan/v1/auth/svc/orders/inst/127.0.0.1:9002");

      await().until(() -> holds("127.0.0.1:9002"));
      etcd.etcdctl("put", key("127.0.0.1:9003"), Instances.json("orders", 9003));
      await().until(() -> seen.ids().contains("127.0.0.1:9003"));
      etcd.etcdctl("del", key("127.0.0.1:9003"));
    }
  }

  @Test
  void changedRolesEndNobodysSession() {
    try (EtcdRegistry registry = registry("root")) {
      SeenInstances seen = watch(registry);
      await().until(() -> seen.last().revision() > 0);

      etcd.etcdctl("role", "add", "later");
      Registration registration = registry.register(Instances.of("orders", 9004));

      await().until(registration::isRegistered);
      await().until(() -> seen.ids().contains("127.0.0.1:9004"));
    }
  }

  @Test
  void wrongPasswordIsNamedWithItsRemedy() {
    assertThat(refusalOf(store("wrong")))
        .contains("invalid user ID or password")
        .contains("check user and password");
  }

  @Test
  void missingUserIsNamedWithItsRemedy() {
    assertThat(refusalOf(EtcdControlStore.builder().endpoints(etcd.endpoint())))
        .contains("credentials(user, password)");
  }

  private static String refusalOf(EtcdControlStore.Builder settings) {
    try (EtcdControlStore store = settings.env("auth").build()) {
      await().until(() -> !store.health().detail().equals("not connected yet"));
      ControlStore.Health health = store.health();
      assertThat(health.connected()).isFalse();
      assertThat(
              store.commit(
                  List.of(new ControlStore.Write("svc/orders/ctl/policy", "{}", 0)),
                  AuditEntry.getDefaultInstance()))
          .failsWithin(Duration.ofSeconds(30));
      return health.detail();
    }
  }

  private static EtcdControlStore.Builder store(String password) {
    return EtcdControlStore.builder().endpoints(etcd.endpoint()).credentials("root", password);
  }

  private EtcdRegistry registry(String password) {
    return EtcdRegistry.builder()
        .endpoints(etcd.endpoint())
        .env("auth")
        .identity(ProcessIdentity.of("shop"))
        .credentials("root", password)
        .ttl(Duration.ofSeconds(5))
        .snapshotDirectory(snapshots)
        .build();
  }

  private static SeenInstances watch(EtcdRegistry registry) {
    SeenInstances seen = new SeenInstances();
    registry.watch("orders", seen);
    return seen;
  }

  private static boolean holds(String id) {
    return etcd.etcdctl("get", key(id)).contains("127.0.0.1");
  }

  private static String key(String id) {
    return "/clearspan/v1/auth/svc/orders/inst/" + id;
  }
}
