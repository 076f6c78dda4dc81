package dev.clearspan.console.metric;

import dev.clearspan.console.ManualClock;
import dev.clearspan.console.metric.SeriesKey.Source;
import dev.clearspan.rpc.Status;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Ten minutes of even traffic, for a store of ours and, as our processes show it on {@code
 * /metrics}, for Prometheus.
 */
final class Traffic {
  static final Instant END = Instant.parse("2026-05-04T12:00:00Z");
  static final Duration LENGTH = Duration.ofMinutes(10);
  static final String PLACE = "shop.Orders/Place";
  static final String GET = "shop.Orders/Get";
  static final String CHARGE = "shop.Payments/Charge";

  private static final int SCRAPED_SECONDS = 5;
  private static final int STEP_SECONDS = 10;

  /** What one caller does to one instance; no caller: only the instance tells of it. */
  private record Flow(
      @Nullable String caller,
      String service,
      String instance,
      String method,
      String code,
      int callsPerStep,
      double seconds) {}

  private static final List<Flow> FLOWS =
      List.of(
          new Flow("storefront", "orders", "o1", PLACE, "OK", 12, 0.002),
          new Flow("storefront", "orders", "o2", PLACE, "OK", 8, 0.002),
          new Flow("storefront", "orders", "o1", GET, "OK", 10, 0.05),
          new Flow("orders", "payments", "p1", CHARGE, "OK", 9, 0.02),
          new Flow("orders", "payments", "p1", CHARGE, "UNAVAILABLE", 1, 0.02),
          new Flow(null, "ledger", "l1", "shop.Ledger/Book", "OK", 30, 0.004));

  private Traffic() {}

  /** Counts all of it, moving the clock to the end. */
  static void countedBy(CallAggregates aggregates, ManualClock clock) {
    for (long step = 0; step < LENGTH.toSeconds() / STEP_SECONDS; step++) {
      for (Flow flow : FLOWS) {
        if (flow.caller != null) {
          add(aggregates, clock, flow, Source.CALL, flow.caller, "");
          add(aggregates, clock, flow, Source.ATTEMPT, flow.caller, flow.instance);
        }
        add(aggregates, clock, flow, Source.SERVED, "", flow.instance);
      }
      clock.advance(Duration.ofSeconds(STEP_SECONDS));
    }
  }

  private static void add(
      CallAggregates aggregates,
      ManualClock clock,
      Flow flow,
      Source source,
      String caller,
      String instance) {
    long[] counts = new long[LatencyHistogram.BUCKETS];
    counts[LatencyHistogram.bucketOf(flow.seconds)] = flow.callsPerStep;
    aggregates.add(
        new SeriesKey(source, caller, flow.service, flow.method, instance),
        clock.millis(),
        LatencyHistogram.of(counts),
        new Ending(Status.Code.valueOf(flow.code), false));
  }

  /** Every scrape of it in OpenMetrics, as {@code promtool tsdb create-blocks-from} reads it. */
  static String scraped() {
    StringBuilder page = new StringBuilder(4 << 20);
    family(page, "rpc_client_call_duration_seconds", "histogram", Traffic::made);
    family(page, "rpc_server_call_duration_seconds", "histogram", Traffic::served);
    family(page, "clearspan_client_attempts", "counter", Traffic::attempts);
    return page.append("# EOF\n").toString();
  }

  @FunctionalInterface
  private interface Lines {
    /** Adds, for one moment, what was counted since the start. */
    void add(Map<String, Double> lines, Flow flow, double calls);
  }

  private static void family(StringBuilder page, String name, String type, Lines lines) {
    page.append("# TYPE ").append(name).append(' ').append(type).append('\n');
    for (long second = 0; second <= LENGTH.toSeconds(); second += SCRAPED_SECONDS) {
      Map<String, Double> values = new LinkedHashMap<>();
      for (Flow flow : FLOWS) {
        lines.add(values, flow, (double) flow.callsPerStep * second / STEP_SECONDS);
      }
      long at = END.minus(LENGTH).plusSeconds(second).getEpochSecond();
      values.forEach(
          (line, value) ->
              page.append(line).append(' ').append(value).append(' ').append(at).append('\n'));
    }
  }

  private static void made(Map<String, Double> lines, Flow flow, double calls) {
    if (flow.caller != null) {
      histogram(
          lines,
          "rpc_client_call_duration_seconds",
          "job=\"%s\",instance=\"%s-1\",server_address=\"%s\",%s"
              .formatted(flow.caller, flow.caller, flow.service, labels(flow)),
          flow.seconds,
          calls);
    }
  }

  private static void served(Map<String, Double> lines, Flow flow, double calls) {
    histogram(
        lines,
        "rpc_server_call_duration_seconds",
        "job=\"%s\",instance=\"%s\",%s".formatted(flow.service, flow.instance, labels(flow)),
        flow.seconds,
        calls);
  }

  private static void attempts(Map<String, Double> lines, Flow flow, double calls) {
    if (flow.caller != null) {
      lines.merge(
          ("clearspan_client_attempts_total{job=\"%s\",instance=\"%s-1\",server_address=\"%s\","
                  + "clearspan_peer_instance=\"%s\",rpc_method=\"%s\"%s}")
              .formatted(
                  flow.caller, flow.caller, flow.service, flow.instance, flow.method, error(flow)),
          calls,
          Double::sum);
    }
  }

  private static String labels(Flow flow) {
    return "rpc_method=\"%s\",rpc_response_status_code=\"%s\"%s"
        .formatted(flow.method, flow.code, error(flow));
  }

  private static String error(Flow flow) {
    return flow.code.equals("OK") ? "" : ",error_type=\"" + flow.code + "\"";
  }

  private static void histogram(
      Map<String, Double> lines, String name, String labels, double seconds, double calls) {
    for (double bound : LatencyHistogram.BOUNDS) {
      lines.merge(
          "%s_bucket{%s,le=\"%s\"}".formatted(name, labels, bound),
          bound >= seconds ? calls : 0,
          Double::sum);
    }
    lines.merge("%s_bucket{%s,le=\"+Inf\"}".formatted(name, labels), calls, Double::sum);
    lines.merge("%s_count{%s}".formatted(name, labels), calls, Double::sum);
    lines.merge("%s_sum{%s}".formatted(name, labels), calls * seconds, Double::sum);
  }
}
