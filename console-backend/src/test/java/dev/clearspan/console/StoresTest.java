package dev.clearspan.console;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.clearspan.console.metric.PromReach;
import dev.clearspan.console.remote.RemoteConfig;
import dev.clearspan.console.remote.StandIn;
import dev.clearspan.rpc.RpcChannel;
import dev.clearspan.rpc.RpcException;
import dev.clearspan.rpc.Status;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Consoles that keep traces and metrics elsewhere, from the calls of processes to the API. */
class StoresTest {
  private static final Duration PATIENCE = Duration.ofSeconds(40);

  @TempDir private Path folder;

  @Test
  void chartsReachBackAsFarAsPrometheus_andTheConsoleStaysUpWithoutIt() throws Exception {
    int port = freePort();
    URI targets = URI.create("http://127.0.0.1:" + port + "/api/v1/prometheus/targets");
    try (PrometheusProcess prometheus = PrometheusProcess.scraping(folder, targets);
        TestConsole console =
            TestConsole.start(
                config -> config.withPort(port),
                StoreConfig.DEFAULT
                    .withPrometheus(RemoteConfig.of("Prometheus", prometheus.url()))
                    .withPromReach(new PromReach(Duration.ofDays(1), Duration.ofSeconds(5))));
        ShopServer orders = ShopServer.start(console, "orders", "o1");
        ShopServer storefront = ShopServer.start(console, "storefront", "s1");
        RpcChannel channel = storefront.channel("orders")) {
      awaitUp(console, "metrics", true);
      call(channel);
      // A counter counts from the scrape that first saw it, exactly from the next step on.
      await()
          .atMost(PATIENCE)
          .until(
              () ->
                  known(
                      prometheus, "clearspan_client_attempts_total{job=\"storefront\"} offset 6s"));
      for (int i = 0; i < 50; i++) {
        call(channel);
      }
      await().atMost(PATIENCE).until(() -> sum(console, "caller", "calls") >= 100);
      assertThat(sum(console, "caller", "calls")).isEqualTo(100);
      assertThat(sum(console, "caller", "errors")).isEqualTo(50);
      assertThat(red(console, "caller").at("/series/0/key/caller").asText())
          .isEqualTo("storefront");
      assertThat(red(console, "instance").at("/series/0/key/instance").asText()).isEqualTo("o1");
      assertThat(orders.handled.get()).isEqualTo(102);

      prometheus.stop();
      JsonNode away = awaitUp(console, "metrics", false);
      assertThat(away.get("detail").asText())
          .contains("Prometheus at " + prometheus.url() + " cannot be reached");
      Client.Answer refused = console.admin().get(redPath("caller"));
      assertThat(refused.status()).isEqualTo(503);
      assertThat(refused.detail()).contains("cannot be reached");
      Client.Answer recent = console.admin().get("/api/v1/metrics/red");
      assertThat(recent.status()).isEqualTo(200);
      assertThat(recent.body().at("/notes/0").asText()).startsWith("Only what this console has");
      assertThat(console.anonymous().get("/healthz").status()).isEqualTo(200);

      prometheus.startAgain();
      awaitUp(console, "metrics", true);
      assertThat(sum(console, "caller", "calls")).isEqualTo(100);
    }
  }

  @Test
  void withoutJaegerTheConsoleSaysSo_andServesAllElse() {
    AtomicInteger status = new AtomicInteger(500);
    try (StandIn jaeger =
            StandIn.start(
                exchange ->
                    StandIn.send(
                        exchange,
                        status.get(),
                        "application/json",
                        "{\"data\":[],\"errors\":[]}"));
        TestConsole console =
            TestConsole.start(
                config -> config,
                StoreConfig.DEFAULT.withJaeger(RemoteConfig.of("Jaeger", jaeger.url())))) {
      JsonNode away = awaitUp(console, "traces", false);
      assertThat(away.get("kind").asText()).isEqualTo("jaeger");
      assertThat(away.get("detail").asText()).contains(jaeger.url() + " answered 500");
      assertThat(console.admin().get("/api/v1/traces").status()).isEqualTo(503);
      assertThat(console.admin().get("/api/v1/failures").status()).isEqualTo(503);
      String trace = "/api/v1/traces/00000000000000000000000000000001";
      assertThat(console.admin().get(trace).status()).isEqualTo(503);
      assertThat(console.admin().get("/api/v1/topology").status()).isEqualTo(200);

      status.set(200);
      awaitUp(console, "traces", true);
      assertThat(console.admin().get("/api/v1/traces").status()).isEqualTo(200);
      assertThat(console.admin().get(trace).detail())
          .contains("It was asked for at Jaeger at " + jaeger.url());
    }
  }

  @Test
  void withoutOthersTheConsoleItselfAnswers() {
    try (TestConsole console = TestConsole.start()) {
      JsonNode stores = console.admin().get("/api/v1/system").body().get("stores");
      assertThat(stores.at("/traces/kind").asText()).isEqualTo("h2");
      assertThat(stores.at("/metrics/kind").asText()).isEqualTo("memory");
      assertThat(stores.at("/metrics/reachSeconds").asInt()).isEqualTo(900);
      assertThat(stores.at("/metrics/up").asBoolean()).isTrue();
    }
  }

  /** One that succeeds and one that does not. */
  private static void call(RpcChannel orders) {
    ShopServer.find(orders, "4711");
    try {
      ShopServer.find(orders, "missing");
    } catch (RpcException expected) {
      assertThat(expected.code()).isEqualTo(Status.Code.NOT_FOUND);
    }
  }

  private static JsonNode awaitUp(TestConsole console, String store, boolean up) {
    String path = "/stores/" + store;
    await()
        .atMost(PATIENCE)
        .until(
            () -> {
              JsonNode state = console.admin().get("/api/v1/system").body().at(path);
              return state.get("up").asBoolean() == up && !state.get("checkedAt").isNull();
            });
    return console.admin().get("/api/v1/system").body().at(path);
  }

  private static boolean known(PrometheusProcess prometheus, String series) throws Exception {
    return prometheus.count(series) > 0;
  }

  private static String redPath(String group) {
    return "/api/v1/metrics/red?service=orders&groupBy="
        + group
        + "&from="
        + Instant.now().minus(Duration.ofMinutes(20));
  }

  private static JsonNode red(TestConsole console, String group) {
    return console.admin().get(redPath(group)).body();
  }

  private static int sum(TestConsole console, String group, String field) {
    int sum = 0;
    for (JsonNode point : red(console, group).at("/series/0/points")) {
      sum += point.get(field).asInt();
    }
    return sum;
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    }
  }
}
