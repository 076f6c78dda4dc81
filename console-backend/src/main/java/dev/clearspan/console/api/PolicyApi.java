package dev.clearspan.console.api;

import com.fasterxml.jackson.databind.JsonNode;
import dev.clearspan.console.change.Cause;
import dev.clearspan.console.change.ChangeResult;
import dev.clearspan.console.policy.DraftAudience;
import dev.clearspan.console.policy.EffectivePolicy;
import dev.clearspan.console.policy.Policies;
import dev.clearspan.console.policy.PolicyDocument;
import dev.clearspan.console.policy.PolicySchema;
import dev.clearspan.console.policy.PolicyVersion;
import dev.clearspan.console.policy.RollbackRequest;
import dev.clearspan.console.preview.Preview;
import dev.clearspan.console.preview.Previews;
import dev.clearspan.console.web.Access;
import dev.clearspan.console.web.Api;
import dev.clearspan.console.web.Json;
import dev.clearspan.console.web.Query;
import dev.clearspan.console.web.Revision;
import dev.clearspan.console.web.Route;
import dev.clearspan.console.web.Types;
import io.javalin.http.Context;
import java.util.List;

/** Policies, their versions and the way back. */
final class PolicyApi implements Api {
  private static final String PATH = "/api/v1/services/{service}/policy";

  private final Policies policies;
  private final Previews previews;

  PolicyApi(Policies policies, Previews previews) {
    this.policies = policies;
    this.previews = previews;
  }

  @Override
  public List<Route> routes() {
    return List.of(
        Route.get(PATH)
            .access(Access.VIEWER)
            .summary("Shows a service's policy; its revision is the ETag")
            .gives(PolicyDocument.class)
            .handledBy(this::show),
        Route.get("/api/v1/policies/schema")
            .access(Access.OPEN)
            .summary("Shows the JSON schema of policies, for editors")
            .gives(JsonNode.class)
            .handledBy(context -> Json.answer(context, PolicySchema.document())),
        Route.get(PATH + "/effective")
            .access(Access.VIEWER)
            .summary("Shows what holds for a method's calls, and which layer says so")
            .query("method", "string", "package.Service/Method; default: any without an entry")
            .gives(EffectivePolicy.class)
            .handledBy(this::effective),
        Route.post(PATH + "/check")
            .access(Access.VIEWER)
            .summary("Checks a policy without storing it; names who would ignore parts of it")
            .takes(JsonNode.class)
            .gives(DraftAudience.class)
            .handledBy(this::check),
        Route.put(PATH)
            .access(Access.OPERATOR)
            .summary("Replaces a service's policy")
            .ifMatch(true)
            .requiredQuery("reason", "string", "Why the policy is changed")
            .takes(JsonNode.class)
            .gives(ChangeResult.class)
            .handledBy(this::put),
        Route.get(PATH + "/versions")
            .access(Access.VIEWER)
            .summary("Lists a policy's versions, newest first, at most 100")
            .gives(Types.listOf(PolicyVersion.class))
            .handledBy(
                context -> Json.answer(context, policies.versions(context.pathParam("service")))),
        Route.post(PATH + "/preview")
            .access(Access.OPERATOR)
            .summary("Shows what a draft would change, by the calls of the last 15 minutes")
            .takes(JsonNode.class)
            .gives(Preview.class)
            .handledBy(this::preview),
        Route.post(PATH + "/rollback")
            .access(Access.OPERATOR)
            .summary("Stores what an earlier version held")
            .ifMatch(true)
            .takes(RollbackRequest.class)
            .gives(ChangeResult.class)
            .handledBy(this::rollback));
  }

  private void show(Context context) {
    PolicyDocument document = policies.document(context.pathParam("service"));
    Revision.tag(context, document.revision());
    Json.answer(context, document);
  }

  private void effective(Context context) {
    String method = Query.text(context, "method").orElse("");
    Json.answer(context, policies.effective(context.pathParam("service"), method));
  }

  private void check(Context context) {
    JsonNode draft = Json.body(context, JsonNode.class);
    Json.answer(context, policies.audience(context.pathParam("service"), draft));
  }

  private void put(Context context) {
    Cause cause = Cause.of(Callers.name(context), Query.text(context, "reason").orElse(null));
    ControlApi.answer(
        context,
        policies.put(
            context.pathParam("service"),
            Json.body(context, JsonNode.class),
            Revision.required(context),
            cause));
  }

  private void preview(Context context) {
    Json.answer(
        context, previews.of(context.pathParam("service"), Json.body(context, JsonNode.class)));
  }

  private void rollback(Context context) {
    RollbackRequest request = Json.body(context, RollbackRequest.class);
    ControlApi.answer(
        context,
        policies.rollback(
            context.pathParam("service"),
            request.auditId(),
            Revision.required(context),
            Cause.of(Callers.name(context), request.reason())));
  }
}
