package dev.clearspan.console.api;

import dev.clearspan.console.metric.MetricStore;
import dev.clearspan.console.metric.MetricStoreException;
import dev.clearspan.console.metric.RedQuery;
import dev.clearspan.console.metric.RedQuery.GroupBy;
import dev.clearspan.console.metric.RedSeries;
import dev.clearspan.console.problem.ProblemException;
import dev.clearspan.console.web.Access;
import dev.clearspan.console.web.Api;
import dev.clearspan.console.web.Json;
import dev.clearspan.console.web.Query;
import dev.clearspan.console.web.Route;
import io.javalin.http.Context;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/** Rate, errors and durations, as far back as the metric store reaches. */
public final class MetricsApi implements Api {
  private final MetricStore store;

  public MetricsApi(MetricStore store) {
    this.store = store;
  }

  @Override
  public List<Route> routes() {
    return List.of(
        Route.get("/api/v1/metrics/red")
            .access(Access.VIEWER)
            .summary("Shows rate, errors and durations in steps: 10 s of the last 15 minutes")
            .query("service", "string", "Only calls to this service")
            .query("method", "string", "Only this method, such as shop.Orders/Place")
            .query("caller", "string", "Only calls by this service")
            .query(
                "groupBy",
                "string",
                "Comma-separated: service, method, caller, instance; default service")
            .query(
                "from",
                "string",
                "Start, ISO-8601 UTC; default: 15 minutes ago; limit: /system, stores.metrics")
            .query("to", "string", "End, ISO-8601 UTC; default: the last complete step")
            .gives(RedSeries.class)
            .handledBy(context -> Json.answer(context, series(query(context)))));
  }

  private RedSeries series(RedQuery query) {
    try {
      return store.series(query);
    } catch (MetricStoreException e) {
      throw ProblemException.unavailable(String.valueOf(e.getMessage()));
    }
  }

  private static RedQuery query(Context context) {
    Instant from = Query.instant(context, "from").orElse(null);
    Instant to = Query.instant(context, "to").orElse(null);
    if (from != null && to != null && !from.isBefore(to)) {
      throw ProblemException.invalid("to", "'" + to + "' (expected: after from, " + from + ")");
    }
    return new RedQuery(
        Query.text(context, "service").orElse(null),
        Query.text(context, "method").orElse(null),
        Query.text(context, "caller").orElse(null),
        groupBy(Query.text(context, "groupBy").orElse("service")),
        from,
        to);
  }

  private static Set<GroupBy> groupBy(String text) {
    Set<GroupBy> groups = EnumSet.noneOf(GroupBy.class);
    for (String word : text.split(",", -1)) {
      groups.add(
          switch (word.strip()) {
            case "service" -> GroupBy.SERVICE;
            case "method" -> GroupBy.METHOD;
            case "caller" -> GroupBy.CALLER;
            case "instance" -> GroupBy.INSTANCE;
            default ->
                throw ProblemException.invalid(
                    "groupBy",
                    "'"
                        + text
                        + "' (expected: service, method, caller or instance, comma-separated)");
          });
    }
    return groups;
  }
}
