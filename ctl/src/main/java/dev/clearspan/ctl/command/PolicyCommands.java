package dev.clearspan.ctl.command;

import com.fasterxml.jackson.databind.JsonNode;
import dev.clearspan.ctl.Ctl;
import dev.clearspan.ctl.console.Call;
import dev.clearspan.ctl.console.ConsoleException;
import dev.clearspan.ctl.console.Operation;
import dev.clearspan.ctl.output.TextDiff;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Policies: read, checked, previewed, applied, taken back. */
@Command(name = "policy", description = "Reads and changes services' policies.")
public final class PolicyCommands {
  private static final int LOST_RACE = 409;

  private final Ctl ctl;

  public PolicyCommands(Ctl ctl) {
    this.ctl = ctl;
  }

  @Command(
      description = "Prints a service's policy document; its revision goes to standard error.",
      footer = {"", "Example: clearspan ctl policy get orders > orders.json"})
  void get(@Parameters(paramLabel = "SERVICE") String service) {
    JsonNode document = document(service);
    ctl.show(document, found -> TextDiff.pretty(found.path("policy")));
    ctl.say("revision " + document.path("revision").asText());
  }

  @Command(
      description = "Makes a document the service's policy: compare and set.",
      footer = {
        "",
        "With --dry-run: only checks it, and shows what it would change.",
        "With --guard-errors or --guard-p99 the change is on trial: the console takes it back as soon",
        "as the service's calls do worse than that. See trial, keep and revert."
      })
  void apply(
      @Parameters(paramLabel = "SERVICE") String service,
      @Option(
              names = {"-f", "--file"},
              required = true,
              description = "JSON; - is standard input")
          String file,
      @Option(names = "--reason", required = true, description = "kept in the audit trail")
          String reason,
      @Option(
              names = "--revision",
              description = "The revision that was edited (default: the one there is now).")
          @Nullable Long revision,
      @Option(names = "--dry-run") boolean dryRun,
      @Mixin GuardOptions guard) {
    JsonNode rules = Documents.json(file);
    JsonNode wanted = guard.on(rules);
    JsonNode present = document(service);
    String changes = TextDiff.of("in force", present.path("policy"), file, rules);
    if (changes.isEmpty()) {
      ctl.say(
          "nothing to change: revision " + present.path("revision").asText() + " says the same");
      return;
    }
    ctl.say(changes);
    if (dryRun) {
      show(call(Operation.POST_SERVICE_POLICY_CHECK, service).body(wanted));
      return;
    }
    long seen = revision == null ? present.path("revision").asLong() : revision;
    try {
      Applied.show(
          ctl,
          ctl.console()
              .get(
                  call(Operation.PUT_SERVICE_POLICY, service)
                      .query("reason", reason)
                      .ifRevision(seen)
                      .body(wanted)));
    } catch (ConsoleException e) {
      sayWhoWon(e, file, wanted);
      throw e;
    }
  }

  @Command(description = "Says whether a document is valid, and which clients know all of it.")
  void check(
      @Parameters(paramLabel = "SERVICE") String service,
      @Option(
              names = {"-f", "--file"},
              required = true)
          String file) {
    show(call(Operation.POST_SERVICE_POLICY_CHECK, service).body(Documents.json(file)));
  }

  @Command(description = "Computes what a document would change, from the last minutes' calls.")
  void preview(
      @Parameters(paramLabel = "SERVICE") String service,
      @Option(
              names = {"-f", "--file"},
              required = true)
          String file) {
    JsonNode preview =
        ctl.console()
            .get(call(Operation.POST_SERVICE_POLICY_PREVIEW, service).body(Documents.json(file)));
    ctl.show(preview, PolicyTables::preview);
  }

  @Command(description = "Shows each field in force, and where it comes from.")
  void effective(
      @Parameters(paramLabel = "SERVICE") String service,
      @Option(names = "--method") @Nullable String method) {
    ctl.show(
        ctl.console()
            .get(call(Operation.GET_SERVICE_POLICY_EFFECTIVE, service).query("method", method)),
        PolicyTables::effective);
  }

  @Command(description = "Lists a policy's versions, the newest first.")
  void versions(@Parameters(paramLabel = "SERVICE") String service) {
    ctl.show(
        ctl.console().get(call(Operation.GET_SERVICE_POLICY_VERSIONS, service)),
        PolicyTables::versions);
  }

  @Command(description = "Makes an earlier version the policy again: compare and set.")
  void rollback(
      @Parameters(paramLabel = "SERVICE") String service,
      @Parameters(paramLabel = "VERSION", description = "its id, see versions") String version,
      @Option(names = "--reason", required = true) String reason) {
    Applied.show(
        ctl,
        ctl.console()
            .get(
                call(Operation.POST_SERVICE_POLICY_ROLLBACK, service)
                    .ifRevision(document(service).path("revision").asLong())
                    .body(
                        Ctl.json()
                            .createObjectNode()
                            .put("auditId", version)
                            .put("reason", reason))));
  }

  @Command(description = "Prints the JSON schema of policies, for editors.")
  void schema() {
    show(Call.of(Operation.GET_POLICIES_SCHEMA));
  }

  private void sayWhoWon(ConsoleException refused, String file, JsonNode wanted) {
    if (refused.status() == LOST_RACE) {
      String name = "revision " + refused.current().path("revision").asText();
      ctl.say("Somebody was faster. What is there now, and what you wanted:");
      ctl.say(TextDiff.of(name, refused.current().path("value"), file, wanted));
    }
  }

  @Command(description = "Shows how a change on trial stands (see apply --guard-errors).")
  void trial(@Parameters(paramLabel = "SERVICE") String service) {
    ctl.show(
        ctl.console().get(call(Operation.GET_SERVICE_POLICY_GUARD, service)), PolicyTables::trial);
  }

  @Command(description = "Ends a trial: the policy stays.")
  void keep(
      @Parameters(paramLabel = "SERVICE") String service,
      @Option(names = "--reason", required = true) String reason) {
    endTrial(Operation.POST_SERVICE_POLICY_GUARD_KEEP, service, reason);
  }

  @Command(description = "Ends a trial: what was before it comes back.")
  void revert(
      @Parameters(paramLabel = "SERVICE") String service,
      @Option(names = "--reason", required = true) String reason) {
    endTrial(Operation.POST_SERVICE_POLICY_GUARD_REVERT, service, reason);
  }

  private void endTrial(Operation operation, String service, String reason) {
    Applied.show(
        ctl,
        ctl.console()
            .get(
                call(operation, service)
                    .query("reason", reason)
                    .ifRevision(document(service).path("revision").asLong())));
  }

  private JsonNode document(String service) {
    return ctl.console().get(call(Operation.GET_SERVICE_POLICY, service));
  }

  private void show(Call call) {
    ctl.show(ctl.console().get(call), TextDiff::pretty);
  }

  private static Call call(Operation operation, String service) {
    return Call.of(operation).with("service", service);
  }
}
