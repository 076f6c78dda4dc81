package dev.clearspan.console.api;

import dev.clearspan.console.audit.AuditChain;
import dev.clearspan.console.audit.AuditChainState;
import dev.clearspan.console.audit.AuditCsv;
import dev.clearspan.console.audit.AuditExport;
import dev.clearspan.console.audit.AuditRow;
import dev.clearspan.console.audit.AuditTrail;
import dev.clearspan.console.change.Cause;
import dev.clearspan.console.identity.AccountLog;
import dev.clearspan.console.identity.AccountLogState;
import dev.clearspan.console.problem.ProblemException;
import dev.clearspan.console.registry.RegistryView;
import dev.clearspan.console.web.Access;
import dev.clearspan.console.web.Api;
import dev.clearspan.console.web.Json;
import dev.clearspan.console.web.Query;
import dev.clearspan.console.web.Route;
import dev.clearspan.console.web.Types;
import io.javalin.http.Context;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Who changed what, when and why. */
final class AuditApi implements Api {
  private static final int DEFAULT_LIMIT = 100;
  private static final int MAX_LIMIT = 1_000;

  private static final int EXPORT_LIMIT = 5_000;

  private final AuditTrail audit;
  private final AuditChain chain;
  private final RegistryView registry;
  private final AccountLog accounts;

  AuditApi(AuditTrail audit, AuditChain chain, RegistryView registry, AccountLog accounts) {
    this.audit = audit;
    this.chain = chain;
    this.registry = registry;
    this.accounts = accounts;
  }

  /** Whether the logs are what was written: the changes of rules, and what was done to accounts. */
  record AuditVerification(AuditChainState rules, AccountLogState accounts) {}

  record AcceptRequest(@Nullable String reason) {}

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
            .handledBy(this::find),
        Route.get("/api/v1/audit/verify")
            .access(Access.VIEWER)
            .summary("Computes the hash chains of changes and of the account log again")
            .gives(AuditVerification.class)
            .handledBy(context -> Json.answer(context, verify())),
        Route.get("/api/v1/audit/export")
            .access(Access.VIEWER)
            .summary(
                "Gives changes with their hashes, oldest first, to be computed again elsewhere")
            .query("format", "string", "json or csv; default json")
            .query("after", "integer", "Position of the last row of the part before; default 0")
            .query("limit", "integer", "1 to 5000; default 5000; fewer if rows are large")
            .gives(AuditExport.class)
            .handledBy(this::export),
        Route.post("/api/v1/audit/accept")
            .access(Access.ADMIN)
            .summary("Begins the chain of changes anew, with all rows as they are now")
            .takes(AcceptRequest.class)
            .gives(AuditVerification.class)
            .handledBy(this::accept));
  }

  private AuditVerification verify() {
    return new AuditVerification(chain.state(), accounts.state());
  }

  private void export(Context context) {
    String format = Query.text(context, "format").orElse("json");
    if (!format.equals("json") && !format.equals("csv")) {
      throw ProblemException.invalid("format", "'" + format + "' (expected: json or csv)");
    }
    long after = Query.integer(context, "after", 0, 0, Long.MAX_VALUE);
    AuditExport part =
        AuditExport.of(
            chain,
            registry,
            after,
            (int) Query.integer(context, "limit", EXPORT_LIMIT, 1, EXPORT_LIMIT));
    context.header(
        "Content-Disposition", "attachment; filename=\"clearspan-audit." + format + "\"");
    if (format.equals("csv")) {
      context.contentType("text/csv; charset=utf-8").result(AuditCsv.of(part));
    } else {
      Json.answer(context, part);
    }
  }

  private void accept(Context context) {
    Cause cause = Cause.of(Callers.name(context), Json.body(context, AcceptRequest.class).reason());
    AuditChainState before = chain.accept();
    accounts.record(
        cause.author(),
        "audit.accept",
        "audit",
        before.breakCount() + " breaks, newest hash " + before.head() + ": " + cause.reason());
    Json.answer(context, verify());
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
