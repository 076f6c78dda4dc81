package dev.clearspan.console.api;

import dev.clearspan.console.change.Cause;
import dev.clearspan.console.change.ChangeResult;
import dev.clearspan.console.change.KeepOrders;
import dev.clearspan.console.change.KeepRequest;
import dev.clearspan.console.change.KeptCaller;
import dev.clearspan.console.problem.ProblemException;
import dev.clearspan.console.web.Access;
import dev.clearspan.console.web.Api;
import dev.clearspan.console.web.Json;
import dev.clearspan.console.web.Query;
import dev.clearspan.console.web.Route;
import dev.clearspan.console.web.Types;
import io.javalin.http.Context;
import java.util.List;

/** Orders to keep every call of a caller for a while. */
final class TelemetryApi implements Api {
  private static final String PATH = "/api/v1/services/{service}/telemetry/keep";

  private final KeepOrders orders;

  TelemetryApi(KeepOrders orders) {
    this.orders = orders;
  }

  @Override
  public List<Route> routes() {
    return List.of(
        Route.get(PATH)
            .access(Access.VIEWER)
            .summary("Lists the callers all of whose calls to a service are kept now")
            .gives(Types.listOf(KeptCaller.class))
            .handledBy(
                context -> Json.answer(context, orders.inForce(context.pathParam("service")))),
        Route.post(PATH)
            .access(Access.OPERATOR)
            .summary("Has every call of one caller to a service kept for a while")
            .takes(KeepRequest.class)
            .gives(ChangeResult.class)
            .handledBy(this::keep),
        Route.delete(PATH)
            .access(Access.OPERATOR)
            .summary("Ends such an order before its time")
            .requiredQuery("caller", "string", "The calling service")
            .query("method", "string", "Full method name, if the order names one")
            .requiredQuery("reason", "string", "Why the order is ended")
            .gives(ChangeResult.class)
            .handledBy(this::end));
  }

  private void keep(Context context) {
    ControlApi.answer(
        context,
        orders.keep(
            context.pathParam("service"),
            Json.body(context, KeepRequest.class),
            Callers.name(context)));
  }

  private void end(Context context) {
    String caller =
        Query.text(context, "caller")
            .orElseThrow(
                () -> ProblemException.invalid("caller", "missing (expected: a calling service)"));
    ControlApi.answer(
        context,
        orders.end(
            context.pathParam("service"),
            caller,
            Query.text(context, "method").orElse(""),
            Cause.of(Callers.name(context), Query.text(context, "reason").orElse(null))));
  }
}
