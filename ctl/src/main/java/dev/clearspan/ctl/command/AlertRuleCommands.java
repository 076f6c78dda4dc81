package dev.clearspan.ctl.command;

import com.fasterxml.jackson.databind.JsonNode;
import dev.clearspan.ctl.Ctl;
import dev.clearspan.ctl.console.Call;
import dev.clearspan.ctl.console.ConsoleException;
import dev.clearspan.ctl.console.Operation;
import dev.clearspan.ctl.output.TextDiff;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Rules of alerts: read, tried, applied, deleted. */
@Command(name = "alert-rule", description = "Reads and changes the rules of alerts.")
public final class AlertRuleCommands {
  private static final int NOT_FOUND = 404;

  private final Ctl ctl;

  public AlertRuleCommands(Ctl ctl) {
    this.ctl = ctl;
  }

  @Command(
      description = "Prints a rule; its revision goes to standard error.",
      footer = {"", "Example: clearspan ctl alert-rule get service-errors > errors.json"})
  void get(@Parameters(paramLabel = "ID") String id) {
    JsonNode entry = ctl.console().get(call(Operation.GET_ALERT_RULE, id));
    ctl.show(entry, found -> TextDiff.pretty(found.path("rule")));
    ctl.say("revision " + entry.path("revision").asText());
  }

  @Command(description = "Makes a document the rule of that id: compare and set.")
  void apply(
      @Parameters(paramLabel = "ID") String id,
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
          @Nullable Long revision) {
    JsonNode change =
        ctl.console()
            .get(
                call(Operation.PUT_ALERT_RULE, id)
                    .query("reason", reason)
                    .ifRevision(revision == null ? revisionOf(id) : revision)
                    .body(Documents.json(file)));
    show(change, id + " is stored");
  }

  @Command(description = "Deletes a stored rule; a built-in one holds again.")
  void delete(
      @Parameters(paramLabel = "ID") String id,
      @Option(names = "--reason", required = true) String reason) {
    JsonNode change =
        ctl.console()
            .get(
                call(Operation.DELETE_ALERT_RULE, id)
                    .query("reason", reason)
                    .ifRevision(revisionOf(id)));
    show(change, id + " is deleted");
  }

  @Command(description = "Shows for what a document would fire now; stores nothing.")
  void preview(
      @Option(
              names = {"-f", "--file"},
              required = true)
          String file) {
    JsonNode preview =
        ctl.console().get(Call.of(Operation.POST_ALERT_RULES_PREVIEW).body(Documents.json(file)));
    ctl.show(preview, AlertTables::preview);
    if (!preview.path("detail").asText().isEmpty()) {
      ctl.say("no data: " + preview.path("detail").asText());
    }
  }

  private long revisionOf(String id) {
    try {
      return ctl.console().get(call(Operation.GET_ALERT_RULE, id)).path("revision").asLong();
    } catch (ConsoleException e) {
      if (e.status() == NOT_FOUND) {
        return 0;
      }
      throw e;
    }
  }

  private void show(JsonNode change, String done) {
    ctl.show(
        change,
        made ->
            "revision " + made.path("revision").asText() + ": " + done + System.lineSeparator());
  }

  private static Call call(Operation operation, String id) {
    return Call.of(operation).with("id", id);
  }
}
