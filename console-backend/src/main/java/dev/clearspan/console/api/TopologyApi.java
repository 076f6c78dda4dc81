package dev.clearspan.console.api;

import dev.clearspan.console.outage.Outage;
import dev.clearspan.console.outage.Outages;
import dev.clearspan.console.problem.ProblemException;
import dev.clearspan.console.topology.InstanceDetail;
import dev.clearspan.console.topology.MethodSummary;
import dev.clearspan.console.topology.PastMoment;
import dev.clearspan.console.topology.ServiceDetail;
import dev.clearspan.console.topology.ServiceSummary;
import dev.clearspan.console.topology.Topology;
import dev.clearspan.console.topology.TopologyHistory;
import dev.clearspan.console.topology.TopologyModel;
import dev.clearspan.console.topology.TopologyPast;
import dev.clearspan.console.web.Access;
import dev.clearspan.console.web.Api;
import dev.clearspan.console.web.Json;
import dev.clearspan.console.web.Query;
import dev.clearspan.console.web.Route;
import dev.clearspan.console.web.Types;
import io.javalin.http.Context;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** What runs: the topology, and each service in detail. */
final class TopologyApi implements Api {
  private static final String WINDOW = "windowSeconds";
  private static final String WINDOW_DESCRIPTION = "Seconds to measure over, 1 to 900; default 10";

  private static final int OUTAGES = 100;
  private static final int MOST_OUTAGES = 1_000;

  private final TopologyModel model;
  private final TopologyHistory history;
  private final Outages outages;

  TopologyApi(TopologyModel model, TopologyHistory history, Outages outages) {
    this.model = model;
    this.history = history;
    this.outages = outages;
  }

  @Override
  public List<Route> routes() {
    return List.of(
        read("/api/v1/topology", "Shows what runs and who calls whom; with at: as it was then")
            .query("at", "string", "A moment of the last 15 minutes, ISO-8601 UTC; default: now")
            .gives(Topology.class)
            .handledBy(this::topology),
        Route.get("/api/v1/topology/history")
            .access(Access.VIEWER)
            .summary("Lists the moments whose topology is kept, oldest first")
            .gives(TopologyPast.class)
            .handledBy(context -> Json.answer(context, history.past())),
        read("/api/v1/services", "Lists the services")
            .gives(Types.listOf(ServiceSummary.class))
            .handledBy(
                context -> Json.answer(context, model.services(window(context)).summaries())),
        read("/api/v1/services/{service}", "Shows a service")
            .gives(ServiceDetail.class)
            .handledBy(
                context ->
                    Json.answer(context, model.services(window(context)).detail(service(context)))),
        read("/api/v1/services/{service}/instances", "Lists a service's instances")
            .gives(Types.listOf(InstanceDetail.class))
            .handledBy(
                context ->
                    Json.answer(
                        context, model.services(window(context)).instances(service(context)))),
        Route.get("/api/v1/services/{service}/outages")
            .access(Access.VIEWER)
            .summary("Lists when instances of a service were out of use, and why: newest first")
            .query("limit", "integer", "1 to " + MOST_OUTAGES + "; default " + OUTAGES)
            .gives(Types.listOf(Outage.class))
            .handledBy(
                context ->
                    Json.answer(
                        context,
                        outages.of(
                            service(context),
                            (int) Query.integer(context, "limit", OUTAGES, 1, MOST_OUTAGES)))),
        read("/api/v1/services/{service}/methods", "Lists a service's methods")
            .gives(Types.listOf(MethodSummary.class))
            .handledBy(
                context ->
                    Json.answer(
                        context, model.services(window(context)).methods(service(context)))));
  }

  private void topology(Context context) {
    Optional<Instant> at = Query.instant(context, "at");
    if (at.isEmpty()) {
      Json.answer(context, model.topology(window(context)));
      return;
    }
    if (Query.text(context, WINDOW).isPresent()) {
      throw ProblemException.invalid(
          WINDOW, "set beside at (expected: one of them; the past is kept over 10 s)");
    }
    context
        .contentType("application/json")
        .result(history.at(at.get()).orElseThrow(() -> tooOld(at.get())));
  }

  private ProblemException tooOld(Instant at) {
    List<PastMoment> moments = history.past().moments();
    String oldest =
        moments.isEmpty()
            ? "nothing is kept yet, the console has just started"
            : "the oldest moment kept is " + moments.get(0).at();
    return ProblemException.notFound("The topology of " + at + " is not kept: " + oldest + ".");
  }

  private static Route.Builder read(String path, String summary) {
    return Route.get(path)
        .access(Access.VIEWER)
        .summary(summary)
        .query(WINDOW, "integer", WINDOW_DESCRIPTION);
  }

  private static String service(Context context) {
    return context.pathParam("service");
  }

  static Duration window(Context context) {
    long fallback = TopologyModel.DEFAULT_WINDOW.toSeconds();
    return Duration.ofSeconds(Query.integer(context, WINDOW, fallback, 1, 900));
  }
}
