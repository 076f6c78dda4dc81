package dev.clearspan.console;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Audit rows in a real etcd: too many or too old, of which the oldest go. */
class AuditPruneTest {
  private static final int KEPT = 100;
  private static final int CHANGES = 155;

  @TempDir Path directory;
  @TempDir Path other;

  @Test
  void theOldestRowsGo_theChainHolds_andAnotherConsoleFindsTheSameHashes() {
    try (TestConsole console =
        TestConsole.start(config -> config.withSecurity(config.security().withAuditRows(KEPT)))) {
      Client admin = console.admin();
      console.process("orders", "o-1").serve();
      await().until(() -> admin.get("/api/v1/services/orders").status() == 200);
      for (int i = 0; i < CHANGES; i++) {
        Client.Answer change =
            admin.put(
                "/api/v1/services/orders/instances/o-1/control",
                "{'weight':" + (1 + i % 50) + ",'reason':'change " + i + "'}");
        assertThat(change.status()).as(change.text()).isEqualTo(200);
      }
      await().atMost(Duration.ofSeconds(30)).until(() -> rules(admin).path("dropped").asLong() > 0);
      JsonNode pruned = rules(admin);
      assertThat(pruned.path("verdict").asText()).as(pruned.toString()).isEqualTo("whole");
      assertThat(pruned.path("rows").asLong()).isBetween((long) KEPT, KEPT + 50L);
      assertThat(
              admin.get("/api/v1/audit?action=audit.prune").body().get(0).path("author").asText())
          .isEqualTo("console");

      try (Console second = Console.start(console.config().withDataDirectory(directory))) {
        Client fresh = new Client(second.url()).withBearer(TestConsole.ADMIN_TOKEN);
        await().until(() -> rules(fresh).path("verdict").asText().equals("whole"));
        assertThat(rules(fresh).path("head")).isEqualTo(pruned.path("head"));
        assertThat(rules(fresh).path("dropped")).isEqualTo(pruned.path("dropped"));
      }
    }
  }

  @Test
  void rowsThatAreTooOldGo_youngerStay_andEveryConsoleFindsTheChainWhole() {
    try (TestConsole console = TestConsole.start()) {
      Client admin = console.admin();
      put(console, "old-1", "\"at\":\"2020-01-01T00:00:00Z\",");
      put(console, "old-2", "\"at\":\"2020-01-02T00:00:00Z\",");
      put(console, "timeless", "");
      put(console, "old-3", "\"at\":\"2020-01-03T00:00:00Z\",");
      put(console, "young", "\"at\":\"" + Instant.now().minus(Duration.ofDays(29)) + "\",");
      put(console, "says-old", "\"at\":\"2020-01-01T00:00:00Z\",");
      await().until(() -> rules(admin).path("rows").asLong() == 6);
      ConsoleConfig pruning =
          console
              .config()
              .withDataDirectory(directory)
              .withSecurity(console.config().security().withAuditAge(Duration.ofDays(30)));
      try (Console second = Console.start(pruning)) {
        Client client = new Client(second.url()).withBearer(TestConsole.ADMIN_TOKEN);
        await()
            .atMost(Duration.ofSeconds(30))
            .until(() -> rules(client).path("dropped").asLong() == 4);
        await().until(() -> sameChain(client, admin));
        JsonNode pruned = rules(client);
        assertThat(pruned.path("verdict").asText()).as(pruned.toString()).isEqualTo("whole");
        assertThat(rules(admin).path("verdict").asText()).isEqualTo("whole");
        assertThat(client.get("/api/v1/audit").body().findValuesAsText("id"))
            .hasSize(3)
            .contains("young", "says-old");
        JsonNode said = client.get("/api/v1/audit?action=audit.prune").body().get(0);
        assertThat(said.path("reason").asText()).isEqualTo("older than 30 days: the oldest 4 go");
      }
      try (Console third = Console.start(console.config().withDataDirectory(other))) {
        Client fresh = new Client(third.url()).withBearer(TestConsole.ADMIN_TOKEN);
        await().until(() -> rules(fresh).path("verdict").asText().equals("whole"));
        assertThat(sameChain(fresh, admin)).as(rules(fresh).toString()).isTrue();
      }
    }
  }

  private static boolean sameChain(Client one, Client other) {
    JsonNode left = rules(one);
    JsonNode right = rules(other);
    return left.path("head").equals(right.path("head"))
        && left.path("dropped").equals(right.path("dropped"));
  }

  private static void put(TestConsole console, String id, String at) {
    console.etcdctlPut(
        "audit/" + id, "{\"id\":\"" + id + "\"," + at + "\"author\":\"ada\",\"reason\":\"r\"}");
  }

  private static JsonNode rules(Client client) {
    return client.get("/api/v1/audit/verify").body().path("rules");
  }
}
