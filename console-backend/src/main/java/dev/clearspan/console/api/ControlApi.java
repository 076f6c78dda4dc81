package dev.clearspan.console.api;

import dev.clearspan.console.change.AckLedger;
import dev.clearspan.console.change.Acks;
import dev.clearspan.console.change.BatchControlRequest;
import dev.clearspan.console.change.BreakerControls;
import dev.clearspan.console.change.ChangeResult;
import dev.clearspan.console.change.ForceBreakerRequest;
import dev.clearspan.console.change.InstanceControlRequest;
import dev.clearspan.console.change.InstanceControls;
import dev.clearspan.console.change.Services;
import dev.clearspan.console.registry.RegistryView;
import dev.clearspan.console.topology.Breaker;
import dev.clearspan.console.topology.TopologyModel;
import dev.clearspan.console.web.Access;
import dev.clearspan.console.web.Api;
import dev.clearspan.console.web.Json;
import dev.clearspan.console.web.Query;
import dev.clearspan.console.web.Revision;
import dev.clearspan.console.web.Route;
import dev.clearspan.console.web.Types;
import io.javalin.http.Context;
import java.util.List;

/** Steering: overrides of instances, forced breakers, and the proof that they are in force. */
final class ControlApi implements Api {
  private final RegistryView registry;
  private final InstanceControls instances;
  private final BreakerControls breakers;
  private final AckLedger acks;
  private final TopologyModel model;

  ControlApi(
      RegistryView registry,
      InstanceControls instances,
      BreakerControls breakers,
      AckLedger acks,
      TopologyModel model) {
    this.registry = registry;
    this.instances = instances;
    this.breakers = breakers;
    this.acks = acks;
    this.model = model;
  }

  @Override
  public List<Route> routes() {
    return List.of(
        Route.put("/api/v1/services/{service}/instances/{instance}/control")
            .access(Access.OPERATOR)
            .summary("Sets or lifts the override of one instance: weight, drain, eject")
            .ifMatch(false)
            .takes(InstanceControlRequest.class)
            .gives(ChangeResult.class)
            .handledBy(this::controlInstance),
        Route.put("/api/v1/services/{service}/control")
            .access(Access.OPERATOR)
            .summary("Sets or lifts the overrides of several instances at once")
            .takes(BatchControlRequest.class)
            .gives(ChangeResult.class)
            .handledBy(this::controlInstances),
        Route.get("/api/v1/services/{service}/acks")
            .access(Access.VIEWER)
            .summary("Says which processes have a change in force")
            .query("revision", "integer", "The change's revision; default the newest change")
            .gives(Acks.class)
            .handledBy(this::showAcks),
        Route.get("/api/v1/breakers")
            .access(Access.VIEWER)
            .summary("Lists breakers not plainly closed, and one row per caller and service")
            .query("windowSeconds", "integer", "Seconds to measure over, 1 to 900; default 10")
            .gives(Types.listOf(Breaker.class))
            .handledBy(
                context -> Json.answer(context, model.breakers(TopologyApi.window(context)))),
        Route.put("/api/v1/services/{service}/breakers")
            .access(Access.OPERATOR)
            .summary("Forces the breakers toward a service, or gives them back to what calls say")
            .takes(ForceBreakerRequest.class)
            .gives(ChangeResult.class)
            .handledBy(this::forceBreaker));
  }

  private void controlInstance(Context context) {
    answer(
        context,
        instances.change(
            context.pathParam("service"),
            context.pathParam("instance"),
            Json.body(context, InstanceControlRequest.class),
            Revision.expected(context),
            Callers.name(context)));
  }

  private void controlInstances(Context context) {
    answer(
        context,
        instances.change(
            context.pathParam("service"),
            Json.body(context, BatchControlRequest.class),
            Callers.name(context)));
  }

  private void forceBreaker(Context context) {
    answer(
        context,
        breakers.force(
            context.pathParam("service"),
            Json.body(context, ForceBreakerRequest.class),
            Callers.name(context)));
  }

  private void showAcks(Context context) {
    String service = context.pathParam("service");
    Services.require(registry.snapshot(), service);
    long revision = Query.integer(context, "revision", -1, 0, Long.MAX_VALUE);
    Json.answer(
        context, acks.acks(service, revision < 0 ? acks.latestRevision(service) : revision));
  }

  static void answer(Context context, ChangeResult result) {
    Revision.tag(context, result.revision());
    Json.answer(context, result);
  }
}
