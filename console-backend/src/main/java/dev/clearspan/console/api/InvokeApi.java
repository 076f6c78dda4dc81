package dev.clearspan.console.api;

import dev.clearspan.console.identity.AccountLog;
import dev.clearspan.console.identity.Identity;
import dev.clearspan.console.identity.InvocationLog;
import dev.clearspan.console.identity.InvocationRow;
import dev.clearspan.console.invoke.Invocation;
import dev.clearspan.console.invoke.InvokeRequest;
import dev.clearspan.console.invoke.Invoker;
import dev.clearspan.console.problem.ProblemException;
import dev.clearspan.console.web.Access;
import dev.clearspan.console.web.Api;
import dev.clearspan.console.web.Json;
import dev.clearspan.console.web.Query;
import dev.clearspan.console.web.Route;
import dev.clearspan.console.web.Types;
import io.javalin.http.Context;
import java.util.List;

/** Calls of live methods, and who made them. */
public final class InvokeApi implements Api {
  private static final int ROWS = 100;
  private static final int MOST_ROWS = 1_000;

  private final Invoker invoker;
  private final InvocationLog log;
  private final AccountLog refusals;

  public InvokeApi(Invoker invoker, Identity identity) {
    this.invoker = invoker;
    this.log = identity.invocations();
    this.refusals = identity.log();
  }

  @Override
  public List<Route> routes() {
    return List.of(
        Route.post("/api/v1/invoke")
            .access(Access.OPERATOR)
            .summary("Calls a method of a live service, as its descriptors say")
            .takes(InvokeRequest.class)
            .gives(Invocation.class)
            .handledBy(this::invoke),
        Route.get("/api/v1/invocations")
            .access(Access.VIEWER)
            .summary("Lists who called what through the console: newest first, without payloads")
            .query("service", "string", "Of this service only")
            .query("author", "string", "Of this person or token only")
            .query("limit", "integer", "1 to " + MOST_ROWS + "; default " + ROWS)
            .gives(Types.listOf(InvocationRow.class))
            .handledBy(
                context ->
                    Json.answer(
                        context,
                        log.newest(
                            Query.text(context, "service").orElse(null),
                            Query.text(context, "author").orElse(null),
                            (int) Query.integer(context, "limit", ROWS, 1, MOST_ROWS)))));
  }

  private void invoke(Context context) {
    InvokeRequest request = Json.body(context, InvokeRequest.class);
    String service = request.service();
    if (service == null || service.isBlank()) {
      throw ProblemException.invalid("service", "missing (expected: its name in the registry)");
    }
    // The service is in the body, where the gate does not look.
    Gate.checkScope(Callers.of(context), service, context, refusals);
    Json.answer(context, invoker.invoke(service, request, Callers.name(context)));
  }
}
