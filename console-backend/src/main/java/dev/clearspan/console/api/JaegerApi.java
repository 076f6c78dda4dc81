package dev.clearspan.console.api;

import dev.clearspan.console.jaeger.JaegerTrace;
import dev.clearspan.console.jaeger.TraceTranslation;
import dev.clearspan.console.problem.ProblemException;
import dev.clearspan.console.topology.Edge;
import dev.clearspan.console.topology.MethodSummary;
import dev.clearspan.console.topology.ServiceNode;
import dev.clearspan.console.topology.TopologyModel;
import dev.clearspan.console.trace.TraceId;
import dev.clearspan.console.trace.TraceStore;
import dev.clearspan.console.trace.TraceStoreException;
import dev.clearspan.console.trace.TraceSummary;
import dev.clearspan.console.web.Access;
import dev.clearspan.console.web.Api;
import dev.clearspan.console.web.Json;
import dev.clearspan.console.web.Query;
import dev.clearspan.console.web.Route;
import io.javalin.http.Context;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * Jaeger's query API over the console's traces, for Grafana's Jaeger data source: its address is
 * {@code /api/v1/jaeger}.
 */
public final class JaegerApi implements Api {
  private static final String PREFIX = "/api/v1/jaeger/api";
  private static final int ID_DIGITS = 32;

  /** As far back as calls are counted. */
  private static final Duration REACH = Duration.ofMinutes(15);

  private final TraceStore store;
  private final TopologyModel topology;

  /** Names, as Jaeger wraps them. */
  public record JaegerNames(List<String> data, int total) {}

  /** Whole traces, as Jaeger wraps them. */
  public record JaegerTraces(List<JaegerTrace> data, int total) {}

  /** Who calls whom, as Jaeger wraps it. */
  public record JaegerDependencies(List<JaegerDependency> data, int total) {}

  /** Calls of one service to another. */
  public record JaegerDependency(String parent, String child, long callCount) {}

  public JaegerApi(TraceStore store, TopologyModel topology) {
    this.store = store;
    this.topology = topology;
  }

  @Override
  public List<Route> routes() {
    return List.of(services(), operations(), search(), trace(), dependencies());
  }

  private Route services() {
    return read("/services", "Lists services, as Jaeger does")
        .gives(JaegerNames.class)
        .handledBy(
            context ->
                answer(
                    context,
                    topology.topology(REACH).services().stream().map(ServiceNode::service)));
  }

  private Route operations() {
    return read("/services/{service}/operations", "Lists a service's methods, as Jaeger does")
        .gives(JaegerNames.class)
        .handledBy(
            context ->
                answer(
                    context,
                    topology.services(REACH).methods(context.pathParam("service")).stream()
                        .map(MethodSummary::method)));
  }

  private Route search() {
    return read("/traces", "Searches traces, as Jaeger does")
        .query("service", "string", "Service that made, served or was the target of a call")
        .query("operation", "string", "Full method name, such as shop.Orders/Place")
        .query("tags", "string", "JSON object: one attribute, and error true or false")
        .query("minDuration", "string", "Shortest call, such as 1.5s or 100ms")
        .query("maxDuration", "string", "Longest call")
        .query("start", "integer", "Earliest start, microseconds since 1970")
        .query("end", "integer", "Latest start, exclusive, microseconds since 1970")
        .query(
            "limit",
            "integer",
            "Traces to return, 1 to "
                + JaegerQuery.MAX_LIMIT
                + "; default "
                + JaegerQuery.DEFAULT_LIMIT)
        .gives(JaegerTraces.class)
        .handledBy(context -> answer(context, stored(() -> found(context))));
  }

  private Route trace() {
    return read("/traces/{traceId}", "Shows a trace, as Jaeger does")
        .gives(JaegerTraces.class)
        .handledBy(
            context -> answer(context, List.of(stored(() -> find(context.pathParam("traceId"))))));
  }

  private Route dependencies() {
    return read("/dependencies", "Shows who calls whom in the last minutes, as Jaeger does")
        .query("lookback", "integer", "Milliseconds to look back; at most 15 minutes are known")
        .query("endTs", "integer", "Not used: calls are counted up to now")
        .gives(JaegerDependencies.class)
        .handledBy(context -> Json.answer(context, dependencies(lookback(context))));
  }

  private static Route.Builder read(String path, String summary) {
    return Route.get(PREFIX + path).foreign().access(Access.VIEWER).summary(summary);
  }

  private static void answer(Context context, Stream<String> names) {
    List<String> sorted = names.sorted().toList();
    Json.answer(context, new JaegerNames(sorted, sorted.size()));
  }

  private static void answer(Context context, List<JaegerTrace> traces) {
    Json.answer(context, new JaegerTraces(traces, traces.size()));
  }

  private List<JaegerTrace> found(Context context) {
    return store.search(JaegerQuery.of(context)).traces().stream()
        .map(TraceSummary::traceId)
        .flatMap(id -> TraceId.parse(id).stream())
        .flatMap(id -> store.find(id).stream())
        .map(TraceTranslation::of)
        .toList();
  }

  private JaegerTrace find(String text) {
    return id(text)
        .flatMap(store::find)
        .map(TraceTranslation::of)
        .orElseThrow(
            () ->
                ProblemException.notFound(
                    "This trace is not stored (GET /api/v1/traces/{traceId} says why)"));
  }

  /** Jaeger's readers may leave out zeros at an id's start. */
  private static Optional<TraceId> id(String text) {
    return TraceId.parse("0".repeat(Math.max(0, ID_DIGITS - text.length())) + text);
  }

  private JaegerDependencies dependencies(Duration window) {
    List<JaegerDependency> called =
        topology.topology(window).edges().stream().map(edge -> dependency(edge, window)).toList();
    return new JaegerDependencies(called, called.size());
  }

  private static JaegerDependency dependency(Edge edge, Duration window) {
    long calls = Math.round(edge.red().rate() * window.toSeconds());
    return new JaegerDependency(edge.caller(), edge.callee(), calls);
  }

  private static Duration lookback(Context context) {
    long millis = Query.integer(context, "lookback", REACH.toMillis(), 1_000, Long.MAX_VALUE);
    return Duration.ofSeconds(Math.min(millis, REACH.toMillis()) / 1_000);
  }

  private static <T> T stored(Supplier<T> reading) {
    try {
      return reading.get();
    } catch (TraceStoreException e) {
      throw ProblemException.unavailable(String.valueOf(e.getMessage()));
    }
  }
}
