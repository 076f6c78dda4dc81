package dev.clearspan.console.metric;

import dev.clearspan.console.metric.RedQuery.GroupBy;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A {@link RedQuery} in PromQL, over the metrics that docs/telemetry.md names and the labels that
 * {@code GET /prometheus/targets} gives: {@code job} is the process's service, {@code instance} its
 * id. As with the console's own numbers callers count, and services that no caller counts are shown
 * as they counted themselves.
 */
final class PromQuery {
  /** Says what a series of the answer is: one of the names of {@link PromLine.Part}. */
  static final String PART = "clearspan_part";

  private static final String CALLS = "rpc_client_call_duration_seconds_count";
  private static final String ATTEMPTS = "clearspan_client_attempts_total";
  private static final String MADE = "rpc_client_call_duration_seconds_bucket";
  private static final String SERVED = "rpc_server_call_duration_seconds_count";
  private static final String SERVED_DURATIONS = "rpc_server_call_duration_seconds_bucket";
  private static final String FAILED = "error_type!=\"\"";
  private static final Map<GroupBy, String> LABELS =
      Map.of(
          GroupBy.SERVICE, "server_address",
          GroupBy.METHOD, "rpc_method",
          GroupBy.CALLER, "job",
          GroupBy.INSTANCE, "clearspan_peer_instance");

  private final RedQuery query;
  private final PromSteps steps;
  private final boolean byInstance;
  private final boolean byCaller;
  private final Map<GroupBy, String> labels = new EnumMap<>(GroupBy.class);

  PromQuery(RedQuery query, PromSteps steps) {
    this.query = query;
    this.steps = steps;
    byInstance = query.groupBy().contains(GroupBy.INSTANCE);
    byCaller = query.caller() != null || query.groupBy().contains(GroupBy.CALLER);
    query.groupBy().forEach(group -> labels.put(group, LABELS.get(group)));
  }

  /** The labels that name a series, by what they stand for. */
  Map<GroupBy, String> labels() {
    return labels;
  }

  /** Whether durations are known: instances tell them, and do not tell them by caller. */
  boolean hasDurations() {
    return !byInstance || !byCaller;
  }

  /** All parts in one expression: one answer, of one moment. */
  String expression() {
    long stepSeconds = steps.seconds();
    String counted = byInstance ? ATTEMPTS : CALLS;
    List<String> parts = new ArrayList<>();
    parts.add(part("calls", sum("", either(counted, SERVED, "", stepSeconds))));
    parts.add(part("errors", sum("", either(counted, SERVED, FAILED, stepSeconds))));
    if (hasDurations()) {
      String all =
          byInstance
              ? served(SERVED_DURATIONS, "", stepSeconds)
              : either(MADE, SERVED_DURATIONS, "", stepSeconds);
      for (PromLine.Part quantile : PromLine.QUANTILES) {
        parts.add(
            part(
                quantile.name(),
                "histogram_quantile(%s, %s)".formatted(quantile.share(), sum("le", all))));
      }
    }
    return String.join(" or ", parts);
  }

  private static String part(String name, String expression) {
    return "label_replace(%s, \"%s\", \"%s\", \"\", \"\")".formatted(expression, PART, name);
  }

  private String sum(String more, String expression) {
    List<String> by = new ArrayList<>(labels.values());
    if (!more.isEmpty()) {
      by.add(more);
    }
    return "sum by (%s) (%s)".formatted(String.join(", ", by), expression);
  }

  /** What callers counted, and of services that none counts what they counted themselves. */
  private String either(String made, String served, String condition, long seconds) {
    String counted = counted(made, callers(condition), seconds);
    if (query.caller() != null) {
      return counted;
    }
    // Whether callers count a service holds for all of a chart: it would tell twice otherwise what
    // an instance was scraped for before its callers were.
    String any =
        "last_over_time(%s{%s}[%ds] @ end())"
            .formatted(
                byInstance ? ATTEMPTS : CALLS,
                String.join(", ", serviceOfCallers()),
                steps.count() * (long) steps.seconds());
    return "(%s or (%s unless on (server_address) %s))"
        .formatted(counted, served(served, condition, seconds), any);
  }

  /** Served calls with the labels of made ones: no caller, and the process is the one called. */
  private String served(String metric, String condition, long seconds) {
    List<String> matchers = methods(condition);
    equal(matchers, "job", query.service());
    String renamed = counted(metric, matchers, seconds);
    renamed = "label_replace(%s, \"server_address\", \"$1\", \"job\", \"(.*)\")".formatted(renamed);
    renamed =
        "label_replace(%s, \"clearspan_peer_instance\", \"$1\", \"instance\", \"(.*)\")"
            .formatted(renamed);
    return "label_replace(%s, \"job\", \"\", \"\", \"\")".formatted(renamed);
  }

  /**
   * What was counted in each step. The difference of two scrapes and not {@code increase}, which
   * leaves out what was counted between the last scrape of one step and the first of the next, and
   * makes up for it by a guess: a burst is told twice or not at all. A counter that fell has begun
   * anew; one that was not there before is guessed.
   */
  private static String counted(String metric, List<String> matchers, long seconds) {
    String now = "%s{%s}".formatted(metric, String.join(", ", matchers));
    String before = "%s offset %ds".formatted(now, seconds);
    return "(%s - %s >= 0 or %s < %s or increase(%s[%ds]))"
        .formatted(now, before, now, before, now, seconds);
  }

  private List<String> callers(String condition) {
    List<String> matchers = methods(condition);
    equal(matchers, "server_address", query.service());
    equal(matchers, "job", query.caller());
    return matchers;
  }

  private List<String> serviceOfCallers() {
    List<String> matchers = new ArrayList<>();
    equal(matchers, "server_address", query.service());
    return matchers;
  }

  private List<String> methods(String condition) {
    List<String> matchers = new ArrayList<>();
    // Foreign series by the same name are of no call.
    matchers.add("rpc_method!=\"\"");
    equal(matchers, "rpc_method", query.method());
    if (!condition.isEmpty()) {
      matchers.add(condition);
    }
    return matchers;
  }

  private static void equal(List<String> matchers, String label, @Nullable String value) {
    if (value != null) {
      matchers.add(label + "=\"" + escaped(value) + "\"");
    }
  }

  /** A quote, backslash or line break would end the string: the rest would be a query. */
  static String escaped(String value) {
    return value
        .codePoints()
        .mapToObj(
            c ->
                switch (c) {
                  case '\\' -> "\\\\";
                  case '"' -> "\\\"";
                  default -> c < ' ' || c == 127 ? "\\x%02x".formatted(c) : Character.toString(c);
                })
        .collect(Collectors.joining());
  }
}
