package dev.clearspan.console.findable;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.clearspan.console.Client;
import dev.clearspan.console.TestConsole;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A preview over HTTP, of calls between processes that report to the console. */
class PreviewOfRealCallsIT {
  private static final String PREVIEW = "/api/v1/services/hop-1/policy/preview";
  private static final int CALLS_PER_SECOND = 50;
  private static final int SECONDS = 2;

  /** Half of them fail, half of them take 400 ms. */
  private static final int SPECIAL = 40;

  /** First calls of a fresh process that may take as long, of thousands. */
  private static final int COLD = 10;

  @TempDir Path snapshots;

  @Test
  void aShorterTimeoutWouldHaveCutTheSlowCalls() {
    try (TestConsole console = TestConsole.start();
        Chain chain = new Chain(1, console, snapshots)) {
      chain.start();
      var report = chain.call(Integer.toString(CALLS_PER_SECOND), SECONDS, SPECIAL);
      String line = Chain.line(report);
      while (!line.startsWith("done")) {
        assertThat(line).isNotEqualTo("null");
        line = Chain.line(report);
      }
      await()
          .atMost(Duration.ofSeconds(30))
          .untilAsserted(
              () -> assertThat(cut(preview(console))).isBetween(SPECIAL / 2, SPECIAL / 2 + COLD));
      JsonNode preview = preview(console);
      assertThat(preview.at("/deadlines/0/caller").textValue()).isEqualTo("caller");
      assertThat(preview.at("/callers/0/calls").longValue())
          .isGreaterThanOrEqualTo(CALLS_PER_SECOND * SECONDS);
      assertThat(preview.at("/splits/0/instances/0/before").doubleValue()).isEqualTo(1);
      assertThat(preview.at("/splits/0/instances/0/after").doubleValue()).isEqualTo(1);
      assertThat(preview.at("/breakers/0/after/verdict").textValue()).contains("OPEN");
      assertThat(preview.at("/examples").size()).isPositive();
    }
  }

  private static JsonNode preview(TestConsole console) {
    Client.Answer answer =
        console
            .admin()
            .post(
                PREVIEW,
                "{'service':{'deadline':{'timeout':'0.3s'},'breaker':{'consecutiveFailures':1},"
                    + "'balancer':{'algorithm':'ROUND_ROBIN'}}}");
    assertThat(answer.status()).as(answer.text()).isEqualTo(200);
    return answer.body();
  }

  private static int cut(JsonNode preview) {
    return preview.at("/deadlines/0/atLeast").intValue();
  }
}
