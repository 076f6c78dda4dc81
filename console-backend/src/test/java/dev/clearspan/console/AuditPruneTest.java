package dev.clearspan.console;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Audit rows in a real etcd: too many, of which the oldest go. */
class AuditPruneTest {
  private static final int KEPT = 100;
  private static final int CHANGES = 155;

  @TempDir Path directory;

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

      ConsoleConfig other = console.config().withDataDirectory(directory);
      try (Console second = Console.start(other)) {
        Client fresh = new Client(second.url()).withBearer(TestConsole.ADMIN_TOKEN);
        await().until(() -> rules(fresh).path("verdict").asText().equals("whole"));
        assertThat(rules(fresh).path("head")).isEqualTo(pruned.path("head"));
        assertThat(rules(fresh).path("dropped")).isEqualTo(pruned.path("dropped"));
      }
    }
  }

  private static JsonNode rules(Client client) {
    return client.get("/api/v1/audit/verify").body().path("rules");
  }
}
