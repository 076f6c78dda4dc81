package dev.clearspan.rpc.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.clearspan.protocol.Instance;
import dev.clearspan.rpc.RpcServer;
import dev.clearspan.rpc.RpcServerBuilder;
import dev.clearspan.rpc.control.FakeRegistry;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

/** A server that its user's checks call ready, or not. */
class ReadinessTest {
  private final FakeRegistry registry = new FakeRegistry("echo", "echo");
  private final AtomicReference<Instance.State> seen = new AtomicReference<>();
  private volatile String database = "";
  private volatile String told = "";

  private RpcServerBuilder server() {
    registry.watch(
        "echo", set -> set.instances().forEach(instance -> seen.set(instance.getState())));
    return RpcServer.builder("echo")
        .service(new EchoService())
        .adminPort(0)
        .registry(registry)
        .readinessInterval(Duration.ofMillis(100))
        .readiness("cache", () -> {})
        .readiness("database", this::checkDatabase);
  }

  private void checkDatabase() {
    if (!database.isEmpty()) {
      throw new IllegalStateException(database);
    }
  }

  @Test
  void aFailingCheckTakesTheServerOutOfUse_andItComesBack() throws Exception {
    try (RpcServer server = server().start()) {
      assertThat(readyz(server).statusCode()).isEqualTo(200);
      assertThat(seen.get()).isEqualTo(Instance.State.UP);

      database = "connection refused";
      await().until(() -> seen.get() == Instance.State.DRAINING);
      assertThat(readyz(server).statusCode()).isEqualTo(503);
      assertThat(readyz(server).body()).isEqualToIgnoringNewLines("database: connection refused");
      assertThat(registry.status().snapshot().getNotReady())
          .isEqualTo("database: connection refused");

      database = "";
      await().until(() -> seen.get() == Instance.State.UP);
      assertThat(readyz(server).body()).isEqualToIgnoringNewLines("ready");
      assertThat(registry.status().snapshot().getNotReady()).isEmpty();
    }
  }

  @Test
  void aServerThatIsNotReadyAtItsStartIsRegisteredSo() throws Exception {
    database = "no schema";
    try (RpcServer server = server().start()) {
      assertThat(seen.get()).isEqualTo(Instance.State.DRAINING);
      assertThat(readyz(server).body()).contains("no schema");
    }
  }

  @Test
  void drainingIsForGood() throws Exception {
    database = "no schema";
    try (RpcServer server = server().start()) {
      server.drain();
      database = "";
      assertThat(readyz(server).body()).isEqualToIgnoringNewLines("draining");
      assertThat(seen.get()).isEqualTo(Instance.State.DRAINING);
    }
  }

  @Test
  void aCheckThatHangsFails_andIsNotRunASecondTimeMeanwhile() throws Exception {
    CountDownLatch hung = new CountDownLatch(1);
    AtomicInteger runs = new AtomicInteger();
    try (Readiness readiness =
        new Readiness(
            Map.of(
                "disk",
                () -> {
                  runs.incrementAndGet();
                  hung.await();
                }),
            Duration.ofMillis(50),
            Duration.ofMillis(20))) {
      readiness.first();
      assertThat(readiness.failing()).isEqualTo("disk: no answer within 20 ms");
      readiness.follow(reason -> told = reason);
      await().during(Duration.ofMillis(300)).until(() -> runs.get() == 1);
      told = "nothing yet";
      hung.countDown();
      await().until(() -> told.isEmpty());
    }
  }

  @Test
  void wrongSettingsAreNamed() {
    assertThatThrownBy(() -> server().readiness("cache", () -> {})).hasMessageContaining("cache");
    assertThatThrownBy(() -> server().readinessInterval(Duration.ofMillis(1)))
        .hasMessageContaining("expected: between 100 ms and 1 h");
  }

  private static HttpResponse<String> readyz(RpcServer server) throws Exception {
    return HttpClient.newHttpClient()
        .send(
            HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.adminPort() + "/readyz"))
                .build(),
            HttpResponse.BodyHandlers.ofString());
  }
}
