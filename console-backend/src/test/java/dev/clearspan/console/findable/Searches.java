package dev.clearspan.console.findable;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.clearspan.console.Client;
import java.io.BufferedReader;
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

/** Asks a console for the calls of a chain that its caller reports, by their trace ids. */
final class Searches {
  private static final Duration FOUND_WITHIN = Duration.ofSeconds(5);
  private static final Duration WHOLE_WITHIN = Duration.ofSeconds(10);

  private final Client admin;
  private final int hops;
  private final List<Search> done = new ArrayList<>();

  /** What a search for one call gave. */
  private record Search(
      String order, String traceId, long foundMillis, boolean whole, Set<String> seen) {
    boolean isFound() {
      return foundMillis >= 0;
    }
  }

  Searches(Client admin, int hops) {
    this.admin = admin;
    this.hops = hops;
  }

  /** Has the hops keep calls that are as slow as orders make them. */
  void setSlowThresholds() {
    for (int hop = 1; hop <= hops; hop++) {
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
  void searchWhatIsReported(BufferedReader report) throws Exception {
    ExecutorService searchers = Executors.newCachedThreadPool();
    try {
      List<Future<Search>> searches = new ArrayList<>();
      System.out.println(Chain.line(report));
      for (String line = Chain.line(report); !line.startsWith("done"); line = Chain.line(report)) {
        assertThat(line).as("the caller's report").matches("(fail|slow)@\\d [0-9a-f]{32}");
        long ended = System.nanoTime();
        String[] words = line.split(" ");
        searches.add(searchers.submit(() -> search(words[0], words[1], ended)));
      }
      for (Future<Search> search : searches) {
        done.add(search.get());
      }
    } finally {
      searchers.shutdownNow();
    }
  }

  int size() {
    return done.size();
  }

  /** Of those that were not found within 5 s: the order, the trace id and what was seen. */
  List<String> notFound() {
    return done.stream().filter(search -> !search.isFound()).map(Search::toString).toList();
  }

  /** Share of those whose whole tree was there within 10 s. */
  double wholeShare() {
    return done.stream().filter(Search::whole).count() / (double) done.size();
  }

  void report() {
    List<Long> found =
        done.stream().filter(Search::isFound).map(Search::foundMillis).sorted().toList();
    System.out.printf(
        "%d of %d found, after %s ms (median) to %s ms; complete %.1f%%%n",
        found.size(),
        done.size(),
        found.isEmpty() ? "-" : found.get(found.size() / 2),
        found.isEmpty() ? "-" : found.get(found.size() - 1),
        100 * wholeShare());
    System.out.println(
        done.stream()
            .filter(search -> !search.whole())
            .map(Search::toString)
            .collect(Collectors.joining("\n")));
    System.out.println(admin.get("/api/v1/recorders").text());
  }

  private Search search(String order, String traceId, long ended) throws InterruptedException {
    Set<String> needed = spansDownTo(Integer.parseInt(order.substring(order.indexOf('@') + 1)));
    Set<String> all = spansDownTo(hops);
    long foundMillis = -1;
    Set<String> seen = Set.of();
    while (System.nanoTime() - ended < WHOLE_WITHIN.toNanos()) {
      seen = spans(traceId);
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

  private static Set<String> spansDownTo(int hop) {
    Set<String> spans = new HashSet<>();
    for (int i = 1; i <= hop; i++) {
      spans.add((i == 1 ? "caller" : Relay.service(i - 1)) + " CLIENT");
      spans.add(Relay.service(i) + " SERVER");
    }
    return spans;
  }

  private Set<String> spans(String traceId) {
    Client.Answer answer = admin.get("/api/v1/traces/" + traceId);
    Set<String> spans = new HashSet<>();
    for (JsonNode span : answer.body().path("spans")) {
      spans.add(span.path("service").asText() + " " + span.path("kind").asText());
    }
    return spans;
  }
}
