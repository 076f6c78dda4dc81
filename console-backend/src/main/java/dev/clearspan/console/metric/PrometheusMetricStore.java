package dev.clearspan.console.metric;

import com.fasterxml.jackson.databind.JsonNode;
import dev.clearspan.console.metric.RedQuery.GroupBy;
import dev.clearspan.console.remote.RemoteException;
import dev.clearspan.console.remote.RemoteJson;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * What a Prometheus has scraped of our processes, by its query API. It interpolates between
 * scrapes: its counts are close, not exact. Thread-safe.
 *
 * @see <a href="https://prometheus.io/docs/prometheus/latest/querying/api/">Prometheus' HTTP
 *     API</a>
 */
public final class PrometheusMetricStore implements MetricStore {
  private static final int MAX_SERIES = 500;
  private static final int MAX_NOTE = 300;

  private final RemoteJson prometheus;
  private final PromReach reach;
  private final InstantSource clock;

  public PrometheusMetricStore(RemoteJson prometheus, PromReach reach, InstantSource clock) {
    this.prometheus = prometheus;
    this.reach = reach;
    this.clock = clock;
  }

  @Override
  public RedSeries series(RedQuery query) {
    PromSteps steps = PromSteps.of(query, clock.instant(), reach);
    PromQuery words = new PromQuery(query, steps);
    Map<Map<String, String>, PromLine> lines = new HashMap<>();
    List<String> notes = new ArrayList<>();
    if (steps.count() > 0) {
      JsonNode answer = ask(words.expression(), steps);
      for (JsonNode warning : answer.path("warnings")) {
        String text = warning.asText();
        notes.add("Prometheus warns: " + text.substring(0, Math.min(text.length(), MAX_NOTE)));
      }
      for (JsonNode one : answer.at("/data/result")) {
        lines
            .computeIfAbsent(key(words, one), key -> new PromLine(steps.count()))
            .take(one.at("/metric/" + PromQuery.PART).asText(), one.path("values"), steps);
      }
    }
    if (!words.hasDurations()) {
      notes.add("Prometheus does not know how long attempts of one caller took at one instance.");
    }
    return new RedSeries(
        steps.seconds(), steps.at(0), steps.at(steps.count()), most(lines, notes, steps), notes);
  }

  @Override
  public Description description() {
    return new Description(
        "prometheus",
        prometheus.config().toString(),
        reach.reach(),
        List.of(
            "Prometheus counts between its scrapes: numbers are close, not exact, in steps of "
                + reach.shortestStep().toSeconds()
                + " s or more.",
            "Durations of an instance are those that it measured itself, without the network.",
            "Of processes that Prometheus does not scrape it knows nothing, such as callers that"
                + " serve nothing and have no port of their own for it."));
  }

  private JsonNode ask(String expression, PromSteps steps) {
    Map<String, String> parameters = new LinkedHashMap<>();
    parameters.put("query", expression);
    parameters.put("start", String.valueOf(steps.start(1)));
    parameters.put("end", String.valueOf(steps.start(steps.count())));
    parameters.put("step", String.valueOf(steps.seconds()));
    parameters.put("timeout", prometheus.config().patience().toMillis() + "ms");
    try {
      JsonNode answer = prometheus.post("/api/v1/query_range", parameters);
      if (!answer.at("/data/result").isArray()) {
        throw prometheus.unexpected("data.result, a list");
      }
      return answer;
    } catch (RemoteException e) {
      throw new MetricStoreException(String.valueOf(e.getMessage()), e);
    }
  }

  /** By name; of too many those with the most calls. */
  private static List<RedSeries.Series> most(
      Map<Map<String, String>, PromLine> lines, List<String> notes, PromSteps steps) {
    List<Map.Entry<Map<String, String>, PromLine>> busy = new ArrayList<>(lines.entrySet());
    busy.removeIf(line -> line.getValue().total() == 0);
    if (busy.size() > MAX_SERIES) {
      notes.add(
          "These are the %d with the most calls of %d series: ask for one service, or group by less."
              .formatted(MAX_SERIES, busy.size()));
      busy.sort(
          Comparator.comparingDouble(
                  (Map.Entry<Map<String, String>, PromLine> line) -> line.getValue().total())
              .reversed());
    }
    return busy.stream()
        .limit(MAX_SERIES)
        .map(line -> new RedSeries.Series(line.getKey(), line.getValue().points(steps)))
        .sorted(Comparator.comparing(series -> new TreeMap<>(series.key()).toString()))
        .toList();
  }

  private static Map<String, String> key(PromQuery words, JsonNode series) {
    Map<String, String> key = new TreeMap<>();
    for (Map.Entry<GroupBy, String> label : words.labels().entrySet()) {
      key.put(
          label.getKey().name().toLowerCase(Locale.ROOT),
          series.path("metric").path(label.getValue()).asText(""));
    }
    return key;
  }
}
