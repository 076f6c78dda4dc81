package dev.clearspan.console.api;

import dev.clearspan.console.change.Cause;
import dev.clearspan.console.change.ChangeResult;
import dev.clearspan.console.guard.GuardReport;
import dev.clearspan.console.guard.Guards;
import dev.clearspan.console.policy.Policies;
import dev.clearspan.console.web.Access;
import dev.clearspan.console.web.Api;
import dev.clearspan.console.web.Json;
import dev.clearspan.console.web.Query;
import dev.clearspan.console.web.Revision;
import dev.clearspan.console.web.Route;
import io.javalin.http.Context;
import java.util.List;

/** Policies on trial: how they stand, and their end by a person. */
public final class GuardApi implements Api {
  private static final String PATH = "/api/v1/services/{service}/policy/guard";

  private final Policies policies;
  private final Guards guards;

  public GuardApi(Policies policies, Guards guards) {
    this.policies = policies;
    this.guards = guards;
  }

  @Override
  public List<Route> routes() {
    return List.of(
        Route.get(PATH)
            .access(Access.VIEWER)
            .summary("Shows how a policy on trial stands; 404 when it is not")
            .gives(GuardReport.class)
            .handledBy(
                context -> Json.answer(context, guards.report(context.pathParam("service")))),
        Route.post(PATH + "/keep")
            .access(Access.OPERATOR)
            .summary("Ends a policy's trial: the policy stays")
            .ifMatch(true)
            .requiredQuery("reason", "string", "Why it may stay")
            .gives(ChangeResult.class)
            .handledBy(context -> end(context, policies::keep)),
        Route.post(PATH + "/revert")
            .access(Access.OPERATOR)
            .summary("Ends a policy's trial: what was before it comes back")
            .ifMatch(true)
            .requiredQuery("reason", "string", "Why it must go")
            .gives(ChangeResult.class)
            .handledBy(context -> end(context, policies::revert)));
  }

  private static void end(Context context, Ending ending) {
    Cause cause = Cause.of(Callers.name(context), Query.text(context, "reason").orElse(null));
    ControlApi.answer(
        context, ending.of(context.pathParam("service"), Revision.required(context), cause));
  }

  private interface Ending {
    ChangeResult of(String service, long revision, Cause cause);
  }
}
