package dev.clearspan.console.api;

import dev.clearspan.console.topology.InstanceDetail;
import dev.clearspan.console.topology.MethodSummary;
import dev.clearspan.console.topology.ServiceDetail;
import dev.clearspan.console.topology.ServiceSummary;
import dev.clearspan.console.topology.Topology;
import dev.clearspan.console.topology.TopologyModel;
import dev.clearspan.console.web.Access;
import dev.clearspan.console.web.Api;
import dev.clearspan.console.web.Json;
import dev.clearspan.console.web.Query;
import dev.clearspan.console.web.Route;
import dev.clearspan.console.web.Types;
import io.javalin.http.Context;
import java.time.Duration;
import java.util.List;

/** What runs: the topology, and each service in detail. */
final class TopologyApi implements Api {
  private static final String WINDOW = "windowSeconds";
  private static final String WINDOW_DESCRIPTION = "Seconds to measure over, 1 to 900; default 10";

  private final TopologyModel model;

  TopologyApi(TopologyModel model) {
    this.model = model;
  }

  @Override
  public List<Route> routes() {
    return List.of(
        read("/api/v1/topology", "Shows what runs and who calls whom")
            .gives(Topology.class)
            .handledBy(context -> Json.answer(context, model.topology(window(context)))),
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
        read("/api/v1/services/{service}/methods", "Lists a service's methods")
            .gives(Types.listOf(MethodSummary.class))
            .handledBy(
                context ->
                    Json.answer(
                        context, model.services(window(context)).methods(service(context)))));
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
