package dev.clearspan.console.findable;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.clearspan.console.Client;
import dev.clearspan.console.TestConsole;
import java.io.BufferedReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What {@code /metrics} points to is in the console. */
@Tag("full")
class ExemplarsResolveIT {
  private static final int EXEMPLARS = 100;
  private static final int HOPS = 3;
  private static final int CALLS_PER_SECOND = 500;
  private static final int SECONDS = 40;
  private static final int SPECIAL = 200;
  private static final Duration ON_ITS_WAY = Duration.ofSeconds(5);
  private static final Pattern EXEMPLAR = Pattern.compile("# \\{[^}]*trace_id=\"([0-9a-f]{32})\"");

  @TempDir Path snapshots;

  private final HttpClient http = HttpClient.newHttpClient();

  @Test
  void theTracesOfAHundredExemplarsAreInTheStore() throws Exception {
    try (TestConsole console = TestConsole.start();
        Chain chain = new Chain(HOPS, console, snapshots)) {
      chain.start();
      BufferedReader report = chain.call(Integer.toString(CALLS_PER_SECOND), SECONDS, SPECIAL);
      CompletableFuture<Void> calling = CompletableFuture.runAsync(() -> readToTheEnd(report));
      Client admin = console.admin();
      Set<String> resolved = new LinkedHashSet<>();
      int pages = 0;
      while (resolved.size() < EXEMPLARS && !calling.isDone()) {
        Set<String> served = exemplars(chain.ports());
        served.removeAll(resolved);
        served.forEach(traceId -> assertResolves(admin, traceId));
        resolved.addAll(served);
        pages++;
      }
      System.out.printf(
          "%d exemplars on %d pages of %d hops resolved%n", resolved.size(), pages, HOPS);
      assertThat(resolved).hasSizeGreaterThanOrEqualTo(EXEMPLARS);
    }
  }

  private static void assertResolves(Client admin, String traceId) {
    await()
        .atMost(ON_ITS_WAY)
        .untilAsserted(
            () -> {
              Client.Answer answer = admin.get("/api/v1/traces/" + traceId);
              assertThat(answer.status()).as(answer.text()).isEqualTo(200);
            });
  }

  private Set<String> exemplars(List<Integer> ports) throws Exception {
    Set<String> traceIds = new LinkedHashSet<>();
    for (int port : ports) {
      HttpRequest request =
          HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/metrics"))
              .header("Accept", "application/openmetrics-text; version=1.0.0")
              .build();
      String page = http.send(request, BodyHandlers.ofString()).body();
      assertThat(page).endsWith("# EOF\n");
      Matcher exemplar = EXEMPLAR.matcher(page);
      while (exemplar.find()) {
        traceIds.add(exemplar.group(1));
      }
    }
    return traceIds;
  }

  private static void readToTheEnd(BufferedReader report) {
    String line = Chain.line(report);
    while (!line.startsWith("done") && !line.equals("null")) {
      line = Chain.line(report);
    }
  }
}
