package dev.clearspan.console;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.sun.net.httpserver.HttpServer;
import dev.clearspan.console.alert.AlertConfig;
import dev.clearspan.protocol.BreakerState;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** From what a process says to what a receiver hears, through a whole console. */
class AlertWebhookTest {
  @TempDir private Path directory;

  @Test
  void anOpenBreakerReachesTheReceiver() throws IOException {
    List<String> heard = new CopyOnWriteArrayList<>();
    HttpServer receiver =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    receiver.createContext(
        "/hook",
        exchange -> {
          heard.add(new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
          exchange.sendResponseHeaders(204, -1);
          exchange.close();
        });
    receiver.start();
    URI hook = URI.create("http://127.0.0.1:" + receiver.getAddress().getPort() + "/hook");
    ConsoleConfig config = TestConsole.config(directory);
    try (Console console = Console.start(config, new AlertConfig(hook, null, Duration.ofHours(1)));
        ShopProcess caller =
            new ShopProcess(config.registry(), config.env(), "web", "w1")
                .call("orders")
                .breaker("orders", "shop.Orders/Place", "orders-1", BreakerState.OPEN)) {
      assertThat(caller.processId()).isNotEmpty();
      Client admin = new Client(console.url()).withBearer(TestConsole.ADMIN_TOKEN);
      await()
          .until(
              () ->
                  admin
                          .ifMatch(0)
                          .put(
                              "/api/v1/alerts/rules/open?reason=test",
                              "{'kind':'breaker_open','condition':{'threshold':0}}")
                          .status()
                      == 200);
      await().atMost(Duration.ofSeconds(30)).until(() -> !heard.isEmpty());
      assertThat(heard.get(0))
          .contains("\"status\":\"firing\"")
          .contains("\"service\":\"orders\"")
          .contains("\"caller\":\"web\"")
          .contains("\"externalURL\":\"" + console.url());
      await()
          .until(
              () ->
                  admin.get("/api/v1/system").body().at("/alerts/webhook/delivered").longValue()
                      >= 1);
    } finally {
      receiver.stop(0);
    }
  }
}
