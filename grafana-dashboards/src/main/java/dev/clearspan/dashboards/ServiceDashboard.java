package dev.clearspan.dashboards;

import java.util.List;

/**
 * The dashboard "Service": what the chosen service's instances serve, and what their callers see.
 * Job and instance choose whose numbers are shown: an instance of the service itself, or one of a
 * caller. The label clearspan_service comes from the console's list of targets.
 */
final class ServiceDashboard {
  private static final String PROCESS = "job=~\"$job\",instance=~\"$instance\"";
  private static final String SERVING = PROCESS + ",clearspan_service=~\"$service\"";
  private static final String SERVED = SERVING + ",rpc_method=~\"$method\"";
  private static final String TARGET = PROCESS + ",server_address=~\"$service\"";
  private static final String MADE = TARGET + ",rpc_method=~\"$method\"";
  private static final String FAILED = ",error_type!=\"\"";

  private static final String SERVER_CALLS = "rpc_server_call_duration_seconds";
  private static final String CLIENT_CALLS = "rpc_client_call_duration_seconds";
  private static final String ATTEMPTS = "clearspan_client_attempts_total";

  private static final String PER_METHOD = "job, rpc_method";
  private static final String PER_TARGET = "server_address, rpc_method";
  private static final String PER_INSTANCE = "job, instance";
  private static final String PER_PEER = "server_address, clearspan_peer_instance";

  private ServiceDashboard() {}

  static Dashboard create() {
    return new Dashboard(
        "clearspan-service",
        "Clearspan / Service",
        "What a service serves, what its callers see, and how balancing and breakers steer the calls.",
        variables(),
        List.of(rate(), errors(), latency(), instances(), resilience(), queues()));
  }

  private static List<Variable> variables() {
    return List.of(
        new Variable("job", "Job", "label_values(target_info, job)"),
        new Variable("instance", "Instance", "label_values(target_info{job=~\"$job\"}, instance)"),
        new Variable("service", "Service", "label_values(target_info, clearspan_service)"),
        new Variable(
            "method",
            "Method",
            "label_values({__name__=~\"rpc_(client|server)_call_duration_seconds_count\","
                + PROCESS
                + "}, rpc_method)"));
  }

  private static Row rate() {
    return Row.of(
        "Rate",
        Panel.of(
            "Calls served",
            "reqps",
            "Calls per second that the service's instances answered, whatever the outcome.",
            new Query("{{job}} {{rpc_method}}", rate(PER_METHOD, SERVER_CALLS + "_count", SERVED))),
        Panel.of(
            "Calls made",
            "reqps",
            "Calls per second to the service, as callers count: retries are part of their call.",
            new Query(
                "{{server_address}} {{rpc_method}}",
                rate(PER_TARGET, CLIENT_CALLS + "_count", MADE))));
  }

  private static Row errors() {
    return Row.of(
        "Errors",
        Panel.of(
            "Share of served calls that failed",
            "percentunit",
            "Every status but OK. NOT_FOUND and the like count too: compare with the usual level.",
            new Query(
                "{{job}} {{rpc_method}}",
                failedShare(PER_METHOD, SERVER_CALLS + "_count", SERVED))),
        Panel.of(
            "Share of calls made that failed",
            "percentunit",
            "What callers got after all retries. Lower than the peers' own share: retries help.",
            new Query(
                "{{server_address}} {{rpc_method}}",
                failedShare(PER_TARGET, CLIENT_CALLS + "_count", MADE))),
        Panel.of(
            "Failed calls made, by type",
            "reqps",
            "breaker_open and no_endpoint never left this process; the rest are status codes.",
            new Query(
                "{{server_address}} {{rpc_method}} {{error_type}}",
                rate(PER_TARGET + ", error_type", CLIENT_CALLS + "_count", MADE + FAILED))));
  }

  private static Row latency() {
    return Row.of(
        "Latency",
        Panel.of(
            "Time to serve",
            "s",
            "From the decoded request to the reply, the queue included.",
            quantile("p50", "0.5", PER_METHOD, SERVER_CALLS, SERVED),
            quantile("p90", "0.9", PER_METHOD, SERVER_CALLS, SERVED),
            quantile("p99", "0.99", PER_METHOD, SERVER_CALLS, SERVED)),
        Panel.of(
            "Time of calls made",
            "s",
            "From the caller's call to its result, retries and backoff included.",
            quantile("p50", "0.5", PER_TARGET, CLIENT_CALLS, MADE),
            quantile("p90", "0.9", PER_TARGET, CLIENT_CALLS, MADE),
            quantile("p99", "0.99", PER_TARGET, CLIENT_CALLS, MADE)));
  }

  private static Row instances() {
    return Row.of(
        "Per instance",
        Panel.of(
            "Calls served per instance",
            "reqps",
            "How evenly the load falls on the service's instances.",
            new Query("{{instance}}", rate(PER_INSTANCE, SERVER_CALLS + "_count", SERVED))),
        Panel.of(
            "Share of served calls that failed, per instance",
            "percentunit",
            "One instance above the others is a case for draining it.",
            new Query("{{instance}}", failedShare(PER_INSTANCE, SERVER_CALLS + "_count", SERVED))),
        Panel.of(
            "p99 per instance",
            "s",
            "99 of 100 served calls were faster, per instance.",
            quantile("p99", "0.99", PER_INSTANCE, SERVER_CALLS, SERVED)),
        Panel.of(
            "Attempts per peer",
            "reqps",
            "Attempts per second by the instance they went to, retries counted one by one.",
            new Query(
                "{{server_address}} {{clearspan_peer_instance}}", rate(PER_PEER, ATTEMPTS, MADE))),
        Panel.of(
            "Share of attempts that failed, per peer",
            "percentunit",
            "As callers see it, lost connections included.",
            new Query(
                "{{server_address}} {{clearspan_peer_instance}}",
                failedShare(PER_PEER, ATTEMPTS, MADE))));
  }

  private static Row resilience() {
    return Row.of(
        "Breakers, weights, retries",
        Panel.of(
            "Breakers not closed",
            "short",
            "Callers' breakers by state; forced ones count as what they are now.",
            new Query(
                "{{server_address}} {{state}}",
                "sum by (server_address, state) (clearspan_breaker_state{"
                    + MADE
                    + ",state!=\"closed\"})")),
        Panel.of(
            "Breaker transitions",
            "ops",
            "Changes of state per second. A breaker that opens briefly shows only here.",
            new Query(
                "{{server_address}} {{from}} to {{to}} ({{cause}})",
                rate(
                    "server_address, from, to, cause",
                    "clearspan_breaker_transitions_total",
                    TARGET))),
        Panel.of(
            "Calls refused by breakers",
            "reqps",
            "No breaker let them through: they failed at once and cost the peers nothing.",
            new Query(
                "{{server_address}} {{rpc_method}}",
                rate(PER_TARGET, "clearspan_breaker_not_permitted_total", MADE))),
        Panel.of(
            "Weights",
            "short",
            "Effective weight of each peer, overrides and slow start applied.",
            new Query(
                "{{server_address}} {{clearspan_peer_instance}}",
                "max by (" + PER_PEER + ") (clearspan_lb_endpoint_weight{" + TARGET + "})")),
        Panel.of(
            "Share of attempts per peer",
            "percentunit",
            "What balancing made of the weights.",
            new Query(
                "{{server_address}} {{clearspan_peer_instance}}",
                rate(PER_PEER, ATTEMPTS, MADE)
                    + " / on (server_address) group_left () ("
                    + rate("server_address", ATTEMPTS, MADE)
                    + " > 0)")),
        Panel.of(
            "Retries",
            "reqps",
            "Attempts that repeat another, and those not made because the budget was spent.",
            new Query(
                "{{server_address}} {{rpc_method}}",
                rate(PER_TARGET, "clearspan_client_call_retries_total", MADE)),
            new Query(
                "{{server_address}} throttled",
                rate("server_address", "clearspan_client_retry_throttled_total", TARGET))));
  }

  private static Row queues() {
    return Row.of(
        "Queue and in flight",
        Panel.of(
            "Time in the queue",
            "s",
            "From the decoded request to the start of its handler. Rising means overload.",
            quantile("p50", "0.5", PER_METHOD, "clearspan_server_queue_duration_seconds", SERVED),
            quantile("p99", "0.99", PER_METHOD, "clearspan_server_queue_duration_seconds", SERVED)),
        Panel.of(
            "Calls in flight",
            "short",
            "Being served by each instance, and waited for by callers.",
            new Query(
                "{{instance}} serves",
                "sum by (job, instance) (clearspan_server_call_active{" + SERVING + "})"),
            new Query(
                "waits for {{server_address}}",
                "sum by (server_address) (clearspan_client_call_active{" + TARGET + "})")),
        Panel.of(
            "Calls refused by the server",
            "reqps",
            "Refused before any handler ran: the server was full or draining.",
            new Query(
                "{{instance}}",
                rate(PER_INSTANCE, "clearspan_server_call_refused_total", SERVING))),
        Panel.of(
            "Connections",
            "short",
            "Open connections of callers to the service.",
            new Query(
                "{{server_address}}",
                "sum by (server_address) (clearspan_connection_open{" + TARGET + "})")),
        Panel.of(
            "Telemetry lost",
            "ops",
            "Spans dropped and calls in overflow series, per second. Anything above 0 is a gap.",
            new Query(
                "{{job}} {{signal}} {{reason}}",
                rate("job, signal, reason", "clearspan_telemetry_lost_total", PROCESS))));
  }

  private static String rate(String by, String metric, String matchers) {
    return "sum by (%s) (rate(%s{%s}[$__rate_interval]))".formatted(by, metric, matchers);
  }

  /** Zero, not a gap, while there are calls and no failure. */
  private static String failedShare(String by, String metric, String matchers) {
    String all = rate(by, metric, matchers);
    return "(%s or 0 * %s) / (%s > 0)".formatted(rate(by, metric, matchers + FAILED), all, all);
  }

  private static Query quantile(
      String name, String quantile, String by, String histogram, String matchers) {
    String labels = by.replace(", ", "}} {{");
    return new Query(
        name + " {{" + labels + "}}",
        "histogram_quantile(%s, %s)"
            .formatted(quantile, rate("le, " + by, histogram + "_bucket", matchers)));
  }
}
