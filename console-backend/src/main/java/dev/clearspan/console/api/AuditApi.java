package dev.clearspan.console.api;

import dev.clearspan.console.audit.AuditRow;
import dev.clearspan.console.audit.AuditTrail;
import dev.clearspan.console.web.Access;
import dev.clearspan.console.web.Api;
import dev.clearspan.console.web.Json;
import dev.clearspan.console.web.Query;
import dev.clearspan.console.web.Route;
import dev.clearspan.console.web.Types;
import io.javalin.http.Context;
import java.util.List;

/** Who changed what, when and why. */
final class AuditApi implements Api {
  private static final int DEFAULT_LIMIT = 100;
  private static final int MAX_LIMIT = 1_000;

  private final AuditTrail audit;

  AuditApi(AuditTrail audit) {
    this.audit = audit;
  }

  @Override
  public List<Route> routes() {
    return List.of(
        Route.get("/api/v1/audit")
            .access(Access.VIEWER)
            .summary("Lists changes, newest first")
            .query("service", "string", "Only of this service")
            .query("author", "string", "Only by this person")
            .query("action", "string", "Only of this kind, such as policy.put")
            .query("limit", "integer", "1 to 1000; default 100")
            .query("before", "string", "Id of the last row of the page before")
            .gives(Types.listOf(AuditRow.class))
            .handledBy(this::find));
  }

  private void find(Context context) {
    Json.answer(
        context,
        audit.find(
            new AuditTrail.Search(
                Query.text(context, "service").orElse(null),
                Query.text(context, "author").orElse(null),
                Query.text(context, "action").orElse(null),
                Query.text(context, "before").orElse(null),
                (int) Query.integer(context, "limit", DEFAULT_LIMIT, 1, MAX_LIMIT))));
  }
}
