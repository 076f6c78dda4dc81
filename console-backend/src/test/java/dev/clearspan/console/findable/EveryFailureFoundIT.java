package dev.clearspan.console.findable;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.clearspan.console.Client;
import dev.clearspan.console.TestConsole;
import java.io.BufferedReader;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** At a head rate of 1% each failed or slow call is in the console within 5 s, by its id. */
@Tag("full")
class EveryFailureFoundIT {
  private static final int CALLS_PER_SECOND = 5_000 / Chain.hops();
  private static final int SECONDS = 20;
  private static final int SPECIAL = 200;
  private static final Duration FOUND_WITHIN = Duration.ofSeconds(5);
  private static final Duration WHOLE_WITHIN = Duration.ofSeconds(10);
  private static final double WHOLE_SHARE = 0.95;
  private static final double HEAD_RATE = 0.01;

  @TempDir Path snapshots;

  /** What a search for one call gave. */
  private record Search(
      String order, String traceId, long foundMillis, boolean whole, Set<String> seen) {
    boolean isFound() {
      return foundMillis >= 0;
    }
  }

  @Test
  void callsThatFailOrAreSlowAtAnyHopAreFoundByTheirIds() throws Exception {
    try (TestConsole console = TestConsole.start();
        Chain chain =
            new Chain(
                console.config().registry(),
                console.config().env(),
                snapshots,
                console.console().otlpPort())) {
      chain.start();
      setSlowThresholds(console.admin());
      List<Search> searches = searchWhatIsReported(console.admin(), chain);
      report(searches);
      System.out.println(console.admin().get("/api/v1/recorders").text());
      assertThat(searches).hasSize(SPECIAL);
      assertThat(searches.stream().filter(search -> !search.isFound())).as("not found").isEmpty();
      long whole = searches.stream().filter(Search::whole).count();
      assertThat(whole / (double) SPECIAL).as("complete trees").isGreaterThanOrEqualTo(WHOLE_SHARE);
    }
  }

  private static void setSlowThresholds(Client admin) {
    for (int hop = 1; hop <= Chain.hops(); hop++) {
      String path = "/api/v1/services/" + Relay.service(hop) + "/policy";
      await().until(() -> admin.get(path).status() == 200);
      Client.Answer set =
          admin
              .ifMatch(0)
              .put(
                  path + "?reason=proof",
                  "{'service':{'telemetry':{'slowThreshold':'" + Relay.SLOW_THRESHOLD + "'}}}");
      assertThat(set.status()).as(set.text()).isEqualTo(200);
    }
  }

  /** Each search begins when the caller has reported the call's end. */
  private static List<Search> searchWhatIsReported(Client admin, Chain chain) throws Exception {
    ExecutorService searchers = Executors.newCachedThreadPool();
    try {
      List<Future<Search>> searches = new ArrayList<>();
      BufferedReader report = chain.call(CALLS_PER_SECOND, SECONDS, SPECIAL);
      for (String line = Chain.line(report); !line.startsWith("done"); line = Chain.line(report)) {
        assertThat(line).as("the caller's report").matches("(fail|slow)@\\d [0-9a-f]{32}");
        long ended = System.nanoTime();
        String[] words = line.split(" ");
        searches.add(searchers.submit(() -> search(admin, words[0], words[1], ended)));
      }
      List<Search> done = new ArrayList<>();
      for (Future<Search> search : searches) {
        done.add(search.get());
      }
      return done;
    } finally {
      searchers.shutdownNow();
    }
  }

  private static Search search(Client admin, String order, String traceId, long ended)
      throws InterruptedException {
    Set<String> needed = ancestors(order);
    Set<String> all = spansDownTo(Chain.hops());
    long foundMillis = -1;
    Set<String> seen = Set.of();
    while (System.nanoTime() - ended < WHOLE_WITHIN.toNanos()) {
      seen = spans(admin, traceId);
      long age = System.nanoTime() - ended;
      if (foundMillis < 0 && seen.containsAll(needed) && age <= FOUND_WITHIN.toNanos()) {
        foundMillis = TimeUnit.NANOSECONDS.toMillis(age);
      }
      if (seen.containsAll(all) || (foundMillis < 0 && age > FOUND_WITHIN.toNanos())) {
        break;
      }
      TimeUnit.MILLISECONDS.sleep(100); // between two questions
    }
    return new Search(order, traceId, foundMillis, seen.containsAll(all), seen);
  }

  /** The spans from the caller to the hop that the order names. */
  private static Set<String> ancestors(String order) {
    return spansDownTo(Integer.parseInt(order.substring(order.indexOf('@') + 1)));
  }

  private static Set<String> spansDownTo(int hop) {
    Set<String> spans = new HashSet<>();
    for (int i = 1; i <= hop; i++) {
      spans.add((i == 1 ? "caller" : Relay.service(i - 1)) + " CLIENT");
      spans.add(Relay.service(i) + " SERVER");
    }
    return spans;
  }

  private static Set<String> spans(Client admin, String traceId) {
    Client.Answer answer = admin.get("/api/v1/traces/" + traceId);
    Set<String> spans = new HashSet<>();
    for (JsonNode span : answer.body().path("spans")) {
      spans.add(span.path("service").asText() + " " + span.path("kind").asText());
    }
    return spans;
  }

  private static void report(List<Search> searches) {
    List<Long> found =
        searches.stream().filter(Search::isFound).map(Search::foundMillis).sorted().toList();
    System.out.printf(
        "%d of %d found, after %s ms (median) to %s ms; complete %d; head rate %.2f%n",
        found.size(),
        searches.size(),
        found.isEmpty() ? "-" : found.get(found.size() / 2),
        found.isEmpty() ? "-" : found.get(found.size() - 1),
        searches.stream().filter(Search::whole).count(),
        HEAD_RATE);
    String rest =
        searches.stream()
            .filter(search -> !search.isFound() || !search.whole())
            .map(search -> search.order() + " " + search.traceId() + " " + search.seen())
            .collect(Collectors.joining("\n"));
    System.out.println(rest);
  }
}
