package dev.clearspan.console.api;

import dev.clearspan.console.web.Access;
import dev.clearspan.console.web.Api;
import dev.clearspan.console.web.OpenApi;
import dev.clearspan.console.web.Route;
import java.util.ArrayList;
import java.util.List;

/** The description of all routes, itself included. */
final class OpenApiApi implements Api {
  private final List<Route> others;
  private final String version;

  OpenApiApi(List<Route> others, String version) {
    this.others = others;
    this.version = version;
  }

  @Override
  public List<Route> routes() {
    return List.of(
        Route.get("/api/v1/openapi.json")
            .access(Access.OPEN)
            .summary("Describes this API as OpenAPI 3.1")
            .handledBy(
                context ->
                    context.contentType("application/json").result(OpenApi.text(all(), version))));
  }

  List<Route> all() {
    List<Route> all = new ArrayList<>(others);
    all.addAll(routes());
    return all;
  }
}
