package dev.clearspan.console.api;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.clearspan.console.registry.RegistryView;
import dev.clearspan.console.web.Access;
import dev.clearspan.console.web.Api;
import dev.clearspan.console.web.Json;
import dev.clearspan.console.web.Route;
import dev.clearspan.console.web.Types;
import dev.clearspan.protocol.Instance;
import io.javalin.http.Context;
import java.util.List;
import java.util.Map;

/** The console's own state, and where Prometheus finds the instances. */
final class SystemApi implements Api {
  private final SystemReport report;
  private final RegistryView registry;

  SystemApi(SystemReport report, RegistryView registry) {
    this.report = report;
    this.registry = registry;
  }

  record Healthz(String status, SystemState.Registry registry) {}

  /** One target in the form of Prometheus' http_sd. */
  record Target(List<String> targets, Labels labels) {}

  record Labels(
      String job,
      String instance,
      @JsonProperty("clearspan_service") String service,
      @JsonProperty("clearspan_zone") String zone) {}

  @Override
  public List<Route> routes() {
    return List.of(
        Route.get("/api/v1/system")
            .access(Access.VIEWER)
            .summary("Shows how the console itself is")
            .gives(SystemState.class)
            .handledBy(context -> Json.answer(context, report.now())),
        Route.get("/api/v1/prometheus/targets")
            .access(Access.LOOPBACK_OR_VIEWER)
            .summary("Tells Prometheus where the instances are (http_sd)")
            .gives(Types.listOf(Target.class))
            .handledBy(context -> Json.answer(context, targets())),
        healthz("/api/v1/healthz"),
        healthz("/healthz"));
  }

  private Route healthz(String path) {
    return Route.get(path)
        .access(Access.OPEN)
        .summary("Says that the console runs, and whether it reaches the registry")
        .gives(Healthz.class)
        .handledBy(this::health);
  }

  /** The console serves without the registry too: what it cannot do then, each request says. */
  private void health(Context context) {
    Json.answer(context, new Healthz("ok", report.registryState()));
  }

  private List<Target> targets() {
    return registry.snapshot().instances().entrySet().stream()
        .sorted(Map.Entry.comparingByKey())
        .map(instance -> target(instance.getValue().value()))
        .toList();
  }

  private static Target target(Instance instance) {
    return new Target(
        List.of(instance.getHost() + ":" + instance.getPort()),
        new Labels(
            instance.getService(),
            instance.getInstanceId(),
            instance.getService(),
            instance.getZone()));
  }
}
