package dev.clearspan.console.metric;

import com.fasterxml.jackson.databind.JsonNode;
import dev.clearspan.console.metric.RedQuery.GroupBy;
import dev.clearspan.console.remote.RemoteException;
import dev.clearspan.console.remote.RemoteJson;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What a Prometheus has scraped of our processes, by its API of queries. It interpolates between
 * scrapes: its counts are close, not exact. Thread-safe.
 */
public final class PrometheusMetricStore implements MetricStore {
  private static final int MAX_SERIES = 1_000;

  private final RemoteJson prometheus;
  private final Duration reach;
  private final InstantSource clock;

  /** Asks that server, at most that far back. */
  public PrometheusMetricStore(RemoteJson prometheus, Duration reach, InstantSource clock) {
    this.prometheus = prometheus;
    this.reach = reach;
    this.clock = clock;
  }

  @Override
  public RedSeries series(RedQuery query) {
    PromQuery words = new PromQuery(query);
    PromSteps steps = PromSteps.of(query, clock.instant(), reach);
    Map<Map<String, String>, Line> lines =
        new TreeMap<>(Comparator.comparing((Map<String, String> key) -> key.toString()));
    if (steps.count() > 0) {
      int seconds = steps.seconds();
      read(words, steps, words.calls(seconds), lines, Line::calls);
      read(words, steps, words.errors(seconds), lines, Line::errors);
      read(words, steps, words.quantile(0.5, seconds), lines, Line::p50);
      read(words, steps, words.quantile(0.9, seconds), lines, Line::p90);
      read(words, steps, words.quantile(0.99, seconds), lines, Line::p99);
    }
    List<RedSeries.Series> series = new ArrayList<>();
    lines.forEach(
        (key, line) -> {
          if (line.hasCalls()) {
            series.add(new RedSeries.Series(key, line.points(steps)));
          }
        });
    return new RedSeries(steps.seconds(), steps.at(0), steps.at(steps.count()), series);
  }

  @Override
  public Description description() {
    return new Description(
        "prometheus",
        prometheus.description(),
        reach,
        List.of(
            "Prometheus counts between its scrapes: numbers are close, not exact, in steps of 30 s"
                + " or more.",
            "It does not know who called which instance.",
            "Of calls whose caller is not scraped it shows only what instances served."));
  }

  @FunctionalInterface
  private interface Part {
    double[] of(Line line);
  }

  private void read(
      PromQuery words,
      PromSteps steps,
      String expression,
      Map<Map<String, String>, Line> lines,
      Part part) {
    JsonNode result = ask(expression, steps);
    if (result.size() > MAX_SERIES) {
      throw new UnanswerableQueryException(
          "groupBy",
          "Prometheus has "
              + result.size()
              + " series for it (expected: at most "
              + MAX_SERIES
              + "; ask for one service, or group by less)");
    }
    for (JsonNode one : result) {
      double[] values =
          part.of(lines.computeIfAbsent(key(words, one), key -> new Line(steps.count())));
      for (JsonNode sample : one.path("values")) {
        int step = steps.endingAt(sample.path(0).asDouble());
        double value = number(sample.path(1).asText());
        if (step >= 0 && Double.isFinite(value)) {
          values[step] = value;
        }
      }
    }
  }

  private JsonNode ask(String expression, PromSteps steps) {
    Map<String, String> parameters = new LinkedHashMap<>();
    parameters.put("query", expression);
    parameters.put("start", String.valueOf(steps.start(1)));
    parameters.put("end", String.valueOf(steps.start(steps.count())));
    parameters.put("step", String.valueOf(steps.seconds()));
    try {
      return prometheus
          .get("/api/v1/query_range", parameters)
          .map(answer -> answer.at("/data/result"))
          .filter(JsonNode::isArray)
          .orElseThrow(
              () ->
                  new MetricStoreException(
                      prometheus.description()
                          + " answered without a result (expected: Prometheus' query API). Check"
                          + " CLEARSPAN_PROMETHEUS_URL.",
                      null));
    } catch (RemoteException e) {
      throw new MetricStoreException(String.valueOf(e.getMessage()), e);
    }
  }

  private static Map<String, String> key(PromQuery words, JsonNode series) {
    Map<String, String> key = new LinkedHashMap<>();
    for (Map.Entry<GroupBy, String> label : words.labels().entrySet()) {
      key.put(
          label.getKey().name().toLowerCase(Locale.ROOT),
          series.path("metric").path(label.getValue()).asText(""));
    }
    return key;
  }

  private static double number(String text) {
    try {
      return switch (text) {
        case "+Inf", "-Inf", "NaN" -> Double.NaN;
        default -> Double.parseDouble(text);
      };
    } catch (NumberFormatException e) {
      return Double.NaN;
    }
  }

  /** One series being put together; NaN where Prometheus said nothing. */
  private record Line(double[] calls, double[] errors, double[] p50, double[] p90, double[] p99) {
    Line(int steps) {
      this(nothing(steps), nothing(steps), nothing(steps), nothing(steps), nothing(steps));
    }

    private static double[] nothing(int steps) {
      double[] values = new double[steps];
      Arrays.fill(values, Double.NaN);
      return values;
    }

    boolean hasCalls() {
      for (double count : calls) {
        if (count > 0) {
          return true;
        }
      }
      return false;
    }

    List<RedPoint> points(PromSteps steps) {
      List<RedPoint> points = new ArrayList<>(steps.count());
      for (int step = 0; step < steps.count(); step++) {
        points.add(point(steps, step));
      }
      return points;
    }

    private RedPoint point(PromSteps steps, int step) {
      double counted = Double.isNaN(calls[step]) ? 0 : calls[step];
      double failed = Double.isNaN(errors[step]) ? 0 : Math.min(errors[step], counted);
      return new RedPoint(
          steps.at(step),
          Math.round(counted),
          Math.round(failed),
          counted / steps.seconds(),
          counted == 0 ? 0 : failed / counted,
          millis(counted, p50[step]),
          millis(counted, p90[step]),
          millis(counted, p99[step]));
    }

    private static @Nullable Double millis(double counted, double seconds) {
      return counted == 0 || Double.isNaN(seconds) ? null : seconds * 1_000;
    }
  }
}
