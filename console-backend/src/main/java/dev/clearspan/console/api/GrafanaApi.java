package dev.clearspan.console.api;

import dev.clearspan.console.grafana.GrafanaProxy;
import dev.clearspan.console.problem.ProblemException;
import dev.clearspan.console.web.Access;
import dev.clearspan.console.web.Api;
import dev.clearspan.console.web.Route;
import io.javalin.http.Context;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What Grafana asks the console for. */
public final class GrafanaApi implements Api {
  private final @Nullable GrafanaProxy grafana;

  /**
   * @param grafana null: there is none
   */
  public GrafanaApi(@Nullable GrafanaProxy grafana) {
    this.grafana = grafana;
  }

  @Override
  public List<Route> routes() {
    return List.of(
        Route.get("/api/v1/grafana/jwks.json")
            .access(Access.OPEN)
            .summary("Gives the public keys (JWK set) by which Grafana knows who is signed in")
            .handledBy(this::keys));
  }

  private void keys(Context context) {
    if (grafana == null) {
      throw ProblemException.notFound(
          "There is no Grafana beside this console (expected: CLEARSPAN_GRAFANA_URL)");
    }
    context.contentType("application/jwk-set+json").result(grafana.publicKeys());
  }
}
