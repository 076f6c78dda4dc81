package dev.clearspan.ctl.command;

import com.fasterxml.jackson.databind.JsonNode;
import dev.clearspan.ctl.Ctl;
import dev.clearspan.ctl.console.Call;
import dev.clearspan.ctl.console.Operation;
import dev.clearspan.ctl.output.Waterfall;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** What there is, and how it does. */
@Command(name = "get", description = "Shows services, calls and changes.")
public final class LookCommands {
  private final Ctl ctl;

  public LookCommands(Ctl ctl) {
    this.ctl = ctl;
  }

  @Command(description = "Lists services with their rate, errors and latency.")
  void services(
      @Option(names = "--window", paramLabel = "SECONDS", description = "look back so far")
          @Nullable Integer window) {
    show(Call.of(Operation.GET_SERVICES).query("windowSeconds", window), LookTables::services);
  }

  @Command(description = "Shows one service: callers, callees, pipeline.")
  void service(@Parameters(paramLabel = "SERVICE") String service) {
    show(Call.of(Operation.GET_SERVICE).with("service", service), LookTables::service);
  }

  @Command(description = "Lists a service's instances: state, weights, shares.")
  void instances(@Parameters(paramLabel = "SERVICE") String service) {
    show(Call.of(Operation.GET_SERVICE_INSTANCES).with("service", service), LookTables::instances);
  }

  @Command(description = "Lists when a service's instances were out of use, and why.")
  void outages(
      @Parameters(paramLabel = "SERVICE") String service,
      @Option(names = "--limit", defaultValue = "50") int limit) {
    show(
        Call.of(Operation.GET_SERVICE_OUTAGES).with("service", service).query("limit", limit),
        LookTables::outages);
  }

  @Command(description = "Lists a service's methods.")
  void methods(@Parameters(paramLabel = "SERVICE") String service) {
    show(Call.of(Operation.GET_SERVICE_METHODS).with("service", service), LookTables::methods);
  }

  @Command(
      description = "Lists what a service offers, by its live descriptors; all of it with -o json.")
  void api(@Parameters(paramLabel = "SERVICE") String service) {
    show(Call.of(Operation.GET_SERVICE_DESCRIPTORS).with("service", service), ContractTables::api);
  }

  @Command(description = "Says whether the versions of a service that are live fit together.")
  void contract(@Parameters(paramLabel = "SERVICE") String service) {
    show(Call.of(Operation.GET_SERVICE_CONTRACT).with("service", service), ContractTables::report);
  }

  @Command(description = "Lists services whose instances do not all have the same contract.")
  void contracts() {
    show(Call.of(Operation.GET_CONTRACTS), ContractTables::mixed);
  }

  @Command(description = "Lists who called what through the console, the newest first.")
  void invocations(
      @Option(names = "--service") @Nullable String service,
      @Option(names = "--author") @Nullable String author,
      @Option(names = "--limit", defaultValue = "50") int limit) {
    show(
        Call.of(Operation.GET_INVOCATIONS)
            .query("service", service)
            .query("author", author)
            .query("limit", limit),
        ContractTables::invocations);
  }

  @Command(
      description = {
        "Lists who calls whom, and how that goes; with --at: how it went then.",
        "Databases, queues and others that only kept spans tell of come last."
      },
      footer = {"", "Example: clearspan ctl get topology --at 2026-05-04T12:00:00Z"})
  void topology(
      @Option(names = "--at", description = "a moment of the last 15 minutes, ISO-8601 UTC")
          @Nullable String at) {
    show(Call.of(Operation.GET_TOPOLOGY).query("at", at), LookTables::edges);
  }

  @Command(
      name = "topology-history",
      description = "Lists the moments whose topology is kept, and what went badly then.")
  void topologyHistory() {
    show(Call.of(Operation.GET_TOPOLOGY_HISTORY), LookTables::moments);
  }

  @Command(
      description = "Prints calls, errors and latency over time.",
      footer = {"", "Example: clearspan ctl metrics --service orders --group-by method"})
  void metrics(
      @Option(names = "--service") @Nullable String service,
      @Option(names = "--method") @Nullable String method,
      @Option(names = "--caller") @Nullable String caller,
      @Option(names = "--group-by", description = "caller, service, method or instance")
          @Nullable String groupBy) {
    show(
        Call.of(Operation.GET_METRICS_RED)
            .query("service", service)
            .query("method", method)
            .query("caller", caller)
            .query("groupBy", groupBy),
        LookTables::red);
  }

  @Command(description = "Lists alerts: those that fire first; inactive ones only by --state.")
  void alerts(
      @Option(names = "--service") @Nullable String service,
      @Option(names = "--state", description = "inactive, pending, firing, resolved or no_data")
          @Nullable String state,
      @Option(names = "--severity", description = "info, warning or critical")
          @Nullable String severity) {
    show(
        Call.of(Operation.GET_ALERTS)
            .query("service", service)
            .query("state", state)
            .query("severity", severity),
        AlertTables::alerts);
  }

  @Command(name = "alert-rules", description = "Lists the rules of alerts, and how each stands.")
  void alertRules() {
    show(Call.of(Operation.GET_ALERT_RULES), AlertTables::rules);
  }

  @Command(description = "Lists changes, the newest first.")
  void audit(
      @Option(names = "--service") @Nullable String service,
      @Option(names = "--author") @Nullable String author,
      @Option(names = "--action", description = "such as policy.put") @Nullable String action,
      @Option(names = "--limit", defaultValue = "50") int limit) {
    show(
        Call.of(Operation.GET_AUDIT)
            .query("service", service)
            .query("author", author)
            .query("action", action)
            .query("limit", limit),
        LookTables::audit);
  }

  @Command(description = "Shows one trace across all services, by its id.")
  void trace(
      @Parameters(paramLabel = "TRACE-ID") String traceId,
      @Option(names = "--logs", description = "What was logged within it instead.") boolean logs) {
    if (logs) {
      ctl.show(
          ctl.console().get(Call.of(Operation.GET_TRACE_LOGS).with("traceId", traceId)),
          LookTables::logs);
      return;
    }
    ctl.show(
        ctl.console().get(Call.of(Operation.GET_TRACE).with("traceId", traceId)), Waterfall::of);
  }

  @Command(description = "Searches kept traces.")
  void traces(
      @Option(names = "--service") @Nullable String service,
      @Option(names = "--method") @Nullable String method,
      @Option(names = "--status", description = "such as UNAVAILABLE, or error")
          @Nullable String status,
      @Option(names = "--min-duration", paramLabel = "MILLIS") @Nullable Double min,
      @Option(names = "--max-duration", paramLabel = "MILLIS") @Nullable Double max,
      @Option(names = "--attribute", paramLabel = "KEY=VALUE") @Nullable String attribute,
      @Option(names = "--from", description = "such as 2030-01-31T10:00:00Z") @Nullable String from,
      @Option(names = "--to") @Nullable String to,
      @Option(names = "--limit", defaultValue = "20") int limit) {
    Call search =
        Call.of(Operation.GET_TRACES)
            .query("service", service)
            .query("method", method)
            .query("status", status)
            .query("minDurationMillis", min)
            .query("maxDurationMillis", max)
            .query("attribute", attribute)
            .query("from", from)
            .query("to", to)
            .query("limit", limit);
    JsonNode found = ctl.console().get(search);
    ctl.show(found, TraceTables::traces);
    if (found.path("truncated").asBoolean()) {
      ctl.say("There may be more (expected: a narrower search, or a larger --limit).");
    }
  }

  @Command(description = "Lists the newest failed calls with their trace ids.")
  void failures(@Option(names = "--limit", defaultValue = "20") int limit) {
    ctl.show(
        ctl.console().get(Call.of(Operation.GET_FAILURES).query("limit", limit)),
        TraceTables::failures);
  }

  private void show(Call call, Function<JsonNode, Object> table) {
    ctl.show(ctl.console().get(call), table);
  }
}
