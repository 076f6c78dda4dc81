package dev.clearspan.console.metric;

import dev.clearspan.console.metric.RedQuery.GroupBy;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A {@link RedQuery} in PromQL, over the histograms that docs/telemetry.md names and the labels
 * that {@code GET /prometheus/targets} gives: {@code job} is the process's service.
 */
final class PromQuery {
  private static final String MADE = "rpc_client_call_duration_seconds";
  private static final String SERVED = "rpc_server_call_duration_seconds";
  private static final String FAILED = "error_type!=\"\"";

  private final String histogram;
  private final Map<GroupBy, String> labels = new EnumMap<>(GroupBy.class);
  private final List<String> matchers = new ArrayList<>();

  /**
   * That of a query.
   *
   * @throws UnanswerableQueryException if it asks for callers and instances together
   */
  PromQuery(RedQuery query) {
    boolean byInstance = query.groupBy().contains(GroupBy.INSTANCE);
    if (byInstance && (query.caller() != null || query.groupBy().contains(GroupBy.CALLER))) {
      throw new UnanswerableQueryException(
          query.caller() == null ? "groupBy" : "caller",
          "Prometheus knows callers of services and what instances served, not who called which"
              + " instance (expected: one of the two, or the last 15 minutes)");
    }
    histogram = byInstance ? SERVED : MADE;
    String service = byInstance ? "job" : "server_address";
    Map<GroupBy, String> all =
        Map.of(
            GroupBy.SERVICE, service,
            GroupBy.METHOD, "rpc_method",
            GroupBy.CALLER, "job",
            GroupBy.INSTANCE, "instance");
    query.groupBy().forEach(group -> labels.put(group, all.get(group)));
    // Prometheus' own and foreign series are of no call.
    matchers.add("rpc_method!=\"\"");
    equal(service, query.service());
    equal("rpc_method", query.method());
    equal("job", query.caller());
  }

  /** The labels that name a series, by what they stand for. */
  Map<GroupBy, String> labels() {
    return labels;
  }

  String calls(long stepSeconds) {
    return sum("increase", "_count", matchers, List.of(), stepSeconds);
  }

  String errors(long stepSeconds) {
    List<String> failed = new ArrayList<>(matchers);
    failed.add(FAILED);
    return sum("increase", "_count", failed, List.of(), stepSeconds);
  }

  String quantile(double share, long stepSeconds) {
    return "histogram_quantile("
        + share
        + ", "
        + sum("rate", "_bucket", matchers, List.of("le"), stepSeconds)
        + ")";
  }

  private String sum(
      String function, String part, List<String> selected, List<String> more, long stepSeconds) {
    List<String> by = new ArrayList<>(labels.values());
    by.addAll(more);
    return "sum by (%s) (%s(%s%s{%s}[%ds]))"
        .formatted(
            String.join(", ", by),
            function,
            histogram,
            part,
            String.join(", ", selected),
            stepSeconds);
  }

  private void equal(String label, @Nullable String value) {
    if (value != null) {
      matchers.add(label + "=\"" + escaped(value) + "\"");
    }
  }

  /** A quote, backslash or line break would end the string: the rest would be a query. */
  static String escaped(String value) {
    return value
        .chars()
        .mapToObj(
            c ->
                switch (c) {
                  case '\\' -> "\\\\";
                  case '"' -> "\\\"";
                  default ->
                      c < ' ' || c == 127 ? "\\x%02x".formatted(c) : String.valueOf((char) c);
                })
        .collect(Collectors.joining());
  }
}
