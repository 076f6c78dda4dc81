package dev.clearspan.etcd;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.clearspan.protocol.AuditEntry;
import dev.clearspan.rpc.ProcessIdentity;
import dev.clearspan.rpc.control.ControlStore.Committed;
import dev.clearspan.rpc.control.ControlStore.Write;
import dev.clearspan.rpc.control.SeenRules;
import dev.clearspan.rpc.discovery.Instances;
import dev.clearspan.rpc.discovery.Registration;
import dev.clearspan.rpc.discovery.SeenInstances;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the script {@code docker/etcd-roles} lets services and consoles do, and what not. */
final class EtcdRolesTest {
  private static final Path SCRIPT = Path.of("../../docker/etcd-roles").toAbsolutePath();
  private static final String KEYS = "/clearspan/v1/roles/";
  private static EtcdProcess etcd;

  @TempDir Path snapshots;

  @BeforeAll
  static void start() throws Exception {
    Awaitility.setDefaultTimeout(Duration.ofSeconds(60));
    etcd = EtcdProcess.start(List.of("--bcrypt-cost=4"), List.of("--user=root:root-secret"));
    run("root-secret\n", "root");
    run("console-secret\n", "console", "console");
    run("orders-secret\n", "service", "orders");
    run("orders-secret\n", "service", "orders");
    run("shop-secret\n", "service", "shop", "storefront", "payments");
    run("", "enable");
  }

  @AfterAll
  static void stop() {
    etcd.close();
  }

  @Test
  void servicesRegisterPublishAndAcknowledgeWhatTheConsoleSets() throws Exception {
    try (EtcdRegistry orders = registry("orders");
        EtcdRegistry shop = registry("shop");
        EtcdControlStore console = console()) {
      Registration registration = orders.register(Instances.of("orders", 9001));
      SeenInstances seen = new SeenInstances();
      shop.watch("orders", seen);
      List<Duration> intervals = new CopyOnWriteArrayList<>();
      shop.watchMetricPushInterval(intervals::add);
      SeenRules rules = new SeenRules();
      shop.watchRules("orders", rules);
      await().until(registration::isRegistered);
      await().until(() -> seen.holdsOnly("127.0.0.1:9001"));
      assertThat(orders.publishDescriptors(new byte[] {1, 2, 3}).toCompletableFuture())
          .succeedsWithin(Duration.ofSeconds(20));

      var result =
          console
              .commit(
                  List.of(
                      new Write(
                          "svc/orders/ctl/policy",
                          "{\"service\":{\"retry\":{\"maxAttempts\":2}}}",
                          0)),
                  AuditEntry.newBuilder().setAuthor("ann").build())
              .toCompletableFuture()
              .get(20, TimeUnit.SECONDS);

      assertThat(result).isInstanceOf(Committed.class);
      long revision = ((Committed) result).revision();
      String status = KEYS + "status/" + shop.status().identity().processId();
      await().until(() -> etcd.etcdctl("get", status).contains("\"orders\":\"" + revision + "\""));
      etcd.etcdctl("put", KEYS + "fleet", "{\"metricPushIntervalMillis\":\"7000\"}");
      await().until(() -> intervals.contains(Duration.ofSeconds(7)));
      registration.drain();
      registration.close();
      await().until(() -> seen.ids().isEmpty());
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "svc/payments/inst/10.0.0.1:9090",
        "svc/orders/ctl/policy",
        "svc/orders/ctl/instance/127.0.0.1:9001",
        "svc/orders/ctl/breaker",
        "audit/01",
        "fleet",
        "../prod/svc/orders/inst/10.0.0.1:9090"
      })
  void aServiceMayNotWriteWhatIsNotItsOwn(String key) {
    assertThatThrownBy(() -> put("orders", key)).hasMessageContaining("permission denied");
  }

  @ParameterizedTest
  @ValueSource(strings = {"svc/orders/inst/10.0.0.1:9090", "desc/ab", "status/p1"})
  void aServiceMayWriteItsOwn(String key) {
    assertThatCode(() -> put("orders", key)).doesNotThrowAnyException();
    etcd.etcdctl("del", KEYS + key);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"svc/orders/inst/10.0.0.1:9090", "desc/ab", "status/p1", "svc/unknown/ctl/policy"})
  void aConsoleMayNotWriteWhatServicesSay(String key) {
    assertThatThrownBy(() -> put("console", key)).hasMessageContaining("permission denied");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "svc/orders/ctl/instance/10.0.0.9:1",
        "svc/payments/ctl/breaker",
        "svc/storefront/ctl/policy",
        "audit/02",
        "fleet"
      })
  void aConsoleMayWriteRules(String key) {
    assertThatCode(() -> put("console", key)).doesNotThrowAnyException();
    etcd.etcdctl("del", KEYS + key);
  }

  @Test
  void auditIsReadByTheConsoleOnly() {
    assertThatCode(() -> as("console", "get", "--prefix", KEYS)).doesNotThrowAnyException();
    assertThatThrownBy(() -> as("orders", "get", "--prefix", KEYS + "audit/"))
        .hasMessageContaining("permission denied");
  }

  @Test
  void mistakesAreNamedWithWhatIsExpected() {
    assertThatThrownBy(() -> run("", "console", "Ann!")).hasMessageContaining("expected: [a-z0-9");
    assertThatThrownBy(
            () -> run("", List.of("service", "nobody"), Map.of("ETCDCTL_USER", "root:root-secret")))
        .hasMessageContaining("expected: one line on standard input");
    assertThatThrownBy(() -> run("", "users")).hasMessageContaining("expected: root, console");
  }

  private static void put(String user, String key) {
    as(user, "put", KEYS + key, "{}");
  }

  private static String as(String user, String... arguments) {
    return etcd.as(user + ":" + user + "-secret", arguments);
  }

  private EtcdRegistry registry(String user) {
    return EtcdRegistry.builder()
        .endpoints(etcd.endpoint())
        .env("roles")
        .identity(ProcessIdentity.of(user))
        .credentials(user, user + "-secret")
        .ttl(Duration.ofSeconds(5))
        .snapshotDirectory(snapshots.resolve(user))
        .build();
  }

  private static EtcdControlStore console() {
    return EtcdControlStore.builder()
        .endpoints(etcd.endpoint())
        .env("roles")
        .credentials("console", "console-secret")
        .build();
  }

  private static void run(String input, String... arguments) throws IOException {
    run(input, List.of(arguments), Map.of());
  }

  private static void run(String input, List<String> arguments, Map<String, String> environment)
      throws IOException {
    ProcessBuilder builder = new ProcessBuilder(SCRIPT.toString()).redirectErrorStream(true);
    builder.command().addAll(arguments);
    builder.environment().putAll(environment);
    builder.environment().put("ETCDCTL_ENDPOINTS", etcd.endpoint());
    builder.environment().put("CLEARSPAN_ENV", "roles");
    Process script = builder.start();
    script.getOutputStream().write(input.getBytes(StandardCharsets.UTF_8));
    script.getOutputStream().close();
    String output = new String(script.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    int exit = script.onExit().join().exitValue();
    if (exit != 0) {
      throw new AssertionError(String.join(" ", arguments) + ": exit " + exit + ": " + output);
    }
  }
}
