package dev.clearspan.console.api;

import dev.clearspan.console.alert.AlertPreview;
import dev.clearspan.console.alert.AlertReport;
import dev.clearspan.console.alert.AlertRule;
import dev.clearspan.console.alert.AlertRuleEntry;
import dev.clearspan.console.alert.AlertRuleList;
import dev.clearspan.console.alert.AlertRuleRequest;
import dev.clearspan.console.alert.AlertSearch;
import dev.clearspan.console.alert.AlertSeverity;
import dev.clearspan.console.alert.AlertState;
import dev.clearspan.console.alert.Alerts;
import dev.clearspan.console.alert.Silence;
import dev.clearspan.console.alert.SilenceRequest;
import dev.clearspan.console.change.Cause;
import dev.clearspan.console.change.ChangeResult;
import dev.clearspan.console.identity.Principal;
import dev.clearspan.console.identity.Role;
import dev.clearspan.console.problem.ProblemException;
import dev.clearspan.console.web.Access;
import dev.clearspan.console.web.Api;
import dev.clearspan.console.web.Json;
import dev.clearspan.console.web.Query;
import dev.clearspan.console.web.Revision;
import dev.clearspan.console.web.Route;
import dev.clearspan.console.web.Types;
import io.javalin.http.Context;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Alerts, their rules, and who wants to hear nothing of them. */
public final class AlertApi implements Api {
  private static final String PATH = "/api/v1/alerts";
  private static final String RULE = PATH + "/rules/{id}";
  private static final int MOST_EVENTS = 500;
  private static final int EVENTS = 50;

  private final Alerts alerts;

  public AlertApi(Alerts alerts) {
    this.alerts = alerts;
  }

  @Override
  public List<Route> routes() {
    return List.of(
        Route.get(PATH)
            .access(Access.VIEWER)
            .summary("Shows how alerts stand, and what fired lately")
            .query("service", "string", "Only alerts about this service")
            .query("state", "string", "inactive, pending, firing, resolved or no_data")
            .query("severity", "string", "info, warning or critical")
            .query("limit", "integer", "Events, 1 to " + MOST_EVENTS + "; default " + EVENTS)
            .gives(AlertReport.class)
            .handledBy(context -> Json.answer(context, alerts.report(search(context)))),
        Route.get(PATH + "/rules")
            .access(Access.VIEWER)
            .summary("Lists the rules of alerts, built-in and stored, and how each stands")
            .gives(AlertRuleList.class)
            .handledBy(context -> Json.answer(context, alerts.rules())),
        Route.post(PATH + "/rules/preview")
            .access(Access.OPERATOR)
            .summary("Shows for what a draft of a rule would hold now; stores nothing")
            .takes(AlertRuleRequest.class)
            .gives(AlertPreview.class)
            .handledBy(this::preview),
        Route.get(RULE)
            .access(Access.VIEWER)
            .summary("Shows a rule; its revision is the ETag")
            .gives(AlertRuleEntry.class)
            .handledBy(this::show),
        Route.put(RULE)
            .access(Access.OPERATOR)
            .summary("Stores a rule, or replaces it; one without a service is for admins")
            .ifMatch(true)
            .requiredQuery("reason", "string", "Why the rule is changed")
            .takes(AlertRuleRequest.class)
            .gives(ChangeResult.class)
            .handledBy(this::put),
        Route.delete(RULE)
            .access(Access.OPERATOR)
            .summary("Deletes a stored rule; a built-in one holds again")
            .ifMatch(true)
            .requiredQuery("reason", "string", "Why the rule is deleted")
            .gives(ChangeResult.class)
            .handledBy(this::delete),
        Route.get(PATH + "/silences")
            .access(Access.VIEWER)
            .summary("Lists the silences in force, the first to end first")
            .gives(Types.listOf(Silence.class))
            .handledBy(context -> Json.answer(context, alerts.silences())),
        Route.post(PATH + "/silences")
            .access(Access.OPERATOR)
            .summary("Mutes the alerts of a rule, of a service, or both, for a while")
            .takes(SilenceRequest.class)
            .gives(ChangeResult.class)
            .handledBy(this::silence),
        Route.delete(PATH + "/silences/{id}")
            .access(Access.OPERATOR)
            .summary("Ends a silence before its time")
            .requiredQuery("reason", "string", "Why the silence is ended")
            .gives(ChangeResult.class)
            .handledBy(this::endSilence));
  }

  private static AlertSearch search(Context context) {
    return new AlertSearch(
        Query.text(context, "service").orElse(null),
        Query.text(context, "state").map(AlertState::of).orElse(null),
        Query.text(context, "severity").map(AlertSeverity::of).orElse(null),
        (int) Query.integer(context, "limit", EVENTS, 1, MOST_EVENTS));
  }

  private void preview(Context context) {
    AlertRuleRequest draft = Json.body(context, AlertRuleRequest.class);
    String id = draft.id() == null ? "draft" : draft.id();
    Json.answer(context, alerts.preview(alerts.read(id, draft)));
  }

  private void show(Context context) {
    AlertRuleEntry entry = alerts.rule(context.pathParam("id"));
    Revision.tag(context, entry.revision());
    Json.answer(context, entry);
  }

  private void put(Context context) {
    String id = context.pathParam("id");
    AlertRule rule = alerts.read(id, Json.body(context, AlertRuleRequest.class));
    requireRule(context, rule.target().service());
    String present = alerts.serviceOf(id);
    if (present != null) {
      requireRule(context, present);
    }
    ControlApi.answer(context, alerts.put(rule, Revision.required(context), cause(context)));
  }

  private void delete(Context context) {
    String id = context.pathParam("id");
    requireRule(context, alerts.rule(id).rule().target().service());
    ControlApi.answer(context, alerts.delete(id, Revision.required(context), cause(context)));
  }

  private void silence(Context context) {
    SilenceRequest request = Json.body(context, SilenceRequest.class);
    requireScope(context, request.service());
    ControlApi.answer(context, alerts.silence(request, Callers.name(context)));
  }

  private void endSilence(Context context) {
    String id = context.pathParam("id");
    requireScope(context, alerts.silence(id).service());
    ControlApi.answer(context, alerts.endSilence(id, cause(context)));
  }

  private static Cause cause(Context context) {
    return Cause.of(Callers.name(context), Query.text(context, "reason").orElse(null));
  }

  /** What concerns every service is for admins; else for those who may steer the service. */
  private static void requireRule(Context context, String service) {
    Principal principal = Callers.of(context);
    if (service.isEmpty() && !principal.role().includes(Role.ADMIN)) {
      throw ProblemException.forbidden(
          "A rule of all services is for admins. You are "
              + principal.role().word()
              + " (expected: admin, or a rule with target.service)");
    }
    requireScope(context, service);
  }

  /** Whoever steers all services may silence all of them: who is on call must be able to. */
  private static void requireScope(Context context, @Nullable String service) {
    Principal principal = Callers.of(context);
    if (!principal.scope().allows(service == null ? "" : service)) {
      throw ProblemException.forbidden(
          "You may steer "
              + principal.scope()
              + " (expected: "
              + (service == null || service.isEmpty() ? "all services" : service)
              + ")");
    }
  }
}
