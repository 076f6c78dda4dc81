package dev.clearspan.dashboards;

import static dev.clearspan.dashboards.LoadedShop.BREAK_EARLY;
import static dev.clearspan.dashboards.LoadedShop.GET;
import static dev.clearspan.dashboards.LoadedShop.PLACE;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;

/**
 * What each query of the dashboard "Service" must answer for one scraped instance, from what caller
 * and handlers counted between two scrapes, and from the instance's own two metrics pages. Queries
 * that are not about the instance must answer nothing.
 */
final class Expectations {
  /** Chosen in the dashboard; the one that breaks late is not, its series have no beginning. */
  static final List<String> METHODS =
      List.of(PLACE.fullName(), GET.fullName(), BREAK_EARLY.fullName());

  private final String job;
  private final String instance;
  private final Tally counted;
  private final double seconds;
  private final String pageBefore;
  private final String pageAfter;
  private final Map<String, Map<Map<String, String>, Double>> byQuery = new HashMap<>();

  /** Expectations for an instance, over {@code seconds} in which {@code counted} was counted. */
  Expectations(
      String job,
      String instance,
      Tally counted,
      double seconds,
      String pageBefore,
      String pageAfter) {
    this.job = job;
    this.instance = instance;
    this.counted = counted;
    this.seconds = seconds;
    this.pageBefore = pageBefore;
    this.pageAfter = pageAfter;
    expectEverywhere();
  }

  /** Expected answer to the query, "title A"; empty when nothing is to be answered. */
  Map<Map<String, String>, Double> of(String query) {
    return byQuery.getOrDefault(query, Map.of());
  }

  Iterable<String> queries() {
    return byQuery.keySet();
  }

  private void expectEverywhere() {
    Map<Map<String, String>, Double> lost = new HashMap<>();
    lost.put(Map.of("job", job, "signal", "spans", "reason", "queue_full"), 0.0);
    lost.put(Map.of("job", job, "signal", "spans", "reason", "not_taken"), 0.0);
    lost.put(Map.of("job", job, "signal", "spans", "reason", "oversized"), 0.0);
    lost.put(Map.of("job", job, "signal", "series", "reason", "limit"), 0.0);
    expect("Telemetry lost A", lost);
  }

  void expectOfServer() {
    Predicate<Tally.Key> mine =
        key -> key.where().equals("served") && key.instance().equals(instance);
    Function<String, Map<String, String>> labels = m -> Map.of("job", job, "rpc_method", m);
    Map<String, String> me = Map.of("job", job, "instance", instance);
    expect("Calls served A", rates(mine, labels));
    expect("Share of served calls that failed A", failedShares(mine, labels));
    expect("Calls served per instance A", Map.of(me, sum(mine) / seconds));
    expect(
        "Share of served calls that failed, per instance A",
        Map.of(me, (double) failed(mine) / sum(mine)));
    String histogram = "rpc_server_call_duration_seconds";
    expectQuantiles("Time to serve", histogram, mine, labels, 0.5, 0.9, 0.99);
    expectQuantiles(
        "Time in the queue", "clearspan_server_queue_duration_seconds", mine, labels, 0.5, 0.99);
    expect("p99 per instance A", Map.of(me, quantile(histogram, 0.99, METHODS)));
    expect("Calls refused by the server A", Map.of(me, 0.0));
    boolean holdsTheCall = pageAfter.contains("clearspan_server_call_active 1.0");
    expect("Calls in flight A", Map.of(me, holdsTheCall ? 1.0 : 0.0));
  }

  void expectOfClient(List<String> peers) {
    Predicate<Tally.Key> made = key -> key.where().equals("made");
    Function<String, Map<String, String>> labels =
        m -> Map.of("server_address", "orders", "rpc_method", m);
    Map<String, String> orders = Map.of("server_address", "orders");
    expect("Calls made A", rates(made, labels));
    expect("Share of calls made that failed A", failedShares(made, labels));
    expect("Failed calls made, by type A", failuresByType(made));
    expectQuantiles(
        "Time of calls made", "rpc_client_call_duration_seconds", made, labels, 0.5, 0.9, 0.99);
    expectOfPeers(peers);
    expect("Breakers not closed A", breakers());
    expect("Breaker transitions A", transitions());
    expect("Calls refused by breakers A", rates(key -> key.where().equals("refused"), labels));
    expect("Retries A", Map.of(labels.apply(GET.fullName()), retries() / seconds));
    expect("Retries B", Map.of(orders, count("throttled") / seconds));
    expect("Calls in flight B", Map.of(orders, 1.0));
    expect("Connections A", Map.of(orders, 2.0));
  }

  private void expectOfPeers(List<String> peers) {
    Predicate<Tally.Key> attempts = key -> key.where().equals("served");
    Map<Map<String, String>, Double> rates = new HashMap<>();
    Map<Map<String, String>, Double> shares = new HashMap<>();
    Map<Map<String, String>, Double> failures = new HashMap<>();
    Map<Map<String, String>, Double> weights = new HashMap<>();
    for (String peer : peers) {
      Map<String, String> labels =
          Map.of("server_address", "orders", "clearspan_peer_instance", peer);
      Predicate<Tally.Key> here = attempts.and(key -> key.instance().equals(peer));
      rates.put(labels, sum(here) / seconds);
      shares.put(labels, (double) sum(here) / sum(attempts));
      failures.put(labels, (double) failed(here) / sum(here));
      weights.put(labels, 100.0);
    }
    expect("Attempts per peer A", rates);
    expect("Share of attempts per peer A", shares);
    expect("Share of attempts that failed, per peer A", failures);
    expect("Weights A", weights);
  }

  private Map<Map<String, String>, Double> breakers() {
    return Map.of(
        Map.of("server_address", "orders", "state", "open"), 2.0,
        Map.of("server_address", "orders", "state", "half_open"), 0.0,
        Map.of("server_address", "orders", "state", "disabled"), 0.0);
  }

  private Map<Map<String, String>, Double> transitions() {
    Map<String, String> opened =
        Map.of(
            "server_address", "orders",
            "from", "closed",
            "to", "open",
            "cause", "consecutive_failures");
    return Map.of(opened, count("broken") / seconds);
  }

  /** Attempts that reached a handler beyond the first of each call. */
  private double retries() {
    Predicate<Tally.Key> get = key -> key.method().equals(GET.fullName());
    return sum(get.and(key -> key.where().equals("served")))
        - sum(get.and(key -> key.where().equals("made")));
  }

  private Map<Map<String, String>, Double> rates(
      Predicate<Tally.Key> wanted, Function<String, Map<String, String>> labels) {
    return known(wanted).stream()
        .collect(Collectors.toMap(labels, m -> sum(wanted.and(isOf(m))) / seconds));
  }

  private Map<Map<String, String>, Double> failedShares(
      Predicate<Tally.Key> wanted, Function<String, Map<String, String>> labels) {
    return known(wanted).stream()
        .filter(m -> sum(wanted.and(isOf(m))) > 0)
        .collect(
            Collectors.toMap(
                labels, m -> (double) failed(wanted.and(isOf(m))) / sum(wanted.and(isOf(m)))));
  }

  private Map<Map<String, String>, Double> failuresByType(Predicate<Tally.Key> made) {
    return StreamSupport.stream(counted.keys().spliterator(), false)
        .filter(made.and(key -> !key.error().isEmpty() && METHODS.contains(key.method())))
        .collect(
            Collectors.toMap(
                key ->
                    Map.of(
                        "server_address", "orders",
                        "rpc_method", key.method(),
                        "error_type", key.error()),
                key -> sum(key::equals) / seconds));
  }

  private void expectQuantiles(
      String title,
      String histogram,
      Predicate<Tally.Key> wanted,
      Function<String, Map<String, String>> labels,
      double... quantiles) {
    for (int i = 0; i < quantiles.length; i++) {
      double quantile = quantiles[i];
      expect(
          title + " " + (char) ('A' + i),
          known(wanted).stream()
              .collect(Collectors.toMap(labels, m -> quantile(histogram, quantile, List.of(m)))));
    }
  }

  private double quantile(String histogram, double quantile, List<String> methods) {
    return HistogramPage.read(pageAfter, histogram)
        .quantileSince(HistogramPage.read(pageBefore, histogram), quantile, methods);
  }

  private List<String> known(Predicate<Tally.Key> wanted) {
    return StreamSupport.stream(counted.keys().spliterator(), false)
        .filter(wanted)
        .map(Tally.Key::method)
        .filter(METHODS::contains)
        .distinct()
        .toList();
  }

  private static Predicate<Tally.Key> isOf(String method) {
    return key -> key.method().equals(method);
  }

  private long sum(Predicate<Tally.Key> wanted) {
    return counted.sum(wanted.and(key -> METHODS.contains(key.method())));
  }

  private long failed(Predicate<Tally.Key> wanted) {
    return sum(wanted.and(key -> !key.error().isEmpty()));
  }

  private double count(String where) {
    return counted.sum(key -> key.where().equals(where));
  }

  private void expect(String query, Map<Map<String, String>, Double> series) {
    byQuery.put(query, series);
  }
}
