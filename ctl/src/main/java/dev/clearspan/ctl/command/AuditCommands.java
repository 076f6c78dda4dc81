package dev.clearspan.ctl.command;

import com.fasterxml.jackson.databind.JsonNode;
import dev.clearspan.ctl.Ctl;
import dev.clearspan.ctl.console.Call;
import dev.clearspan.ctl.console.Operation;
import dev.clearspan.ctl.output.Table;
import dev.clearspan.ctl.output.Words;
import java.util.Locale;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Option;

/** Whether the logs of changes are still what was written. */
@Command(name = "audit", description = "Checks that no logged change was altered or removed.")
public final class AuditCommands {
  private final Ctl ctl;

  public AuditCommands(Ctl ctl) {
    this.ctl = ctl;
  }

  /** In which form rows are exported. */
  enum Form {
    JSON,
    CSV
  }

  @Command(
      description = "Computes the hash chains again; lists what was altered.",
      footer = {"", "Exit codes: 0 both are whole; 1 one is broken, or was not read yet."})
  int verify() {
    JsonNode found = ctl.console().get(Call.of(Operation.GET_AUDIT_VERIFY));
    ctl.show(found, AuditCommands::report);
    boolean whole =
        found.at("/rules/verdict").asText().equals("whole")
            && found.at("/accounts/whole").asBoolean();
    return whole ? ExitCode.OK : ExitCode.SOFTWARE;
  }

  @Command(description = "Prints logged changes with their hashes, the oldest first.")
  void export(
      @Option(names = "--form", defaultValue = "CSV", description = "${COMPLETION-CANDIDATES}")
          Form form,
      @Option(names = "--after", defaultValue = "0", description = "position of a row seen before")
          long after) {
    long position = after;
    while (true) {
      Call call =
          Call.of(Operation.GET_AUDIT_EXPORT)
              .query("format", form.name().toLowerCase(Locale.ROOT))
              .query("after", position);
      var part = ctl.console().text(call);
      long last = part.headers().firstValueAsLong("Clearspan-Last-Position").orElse(position);
      String text = part.body();
      boolean first = position == after;
      ctl.terminal().out().print(first || form == Form.JSON ? text : withoutNames(text));
      if (last == position) {
        ctl.terminal().out().flush();
        return;
      }
      position = last;
    }
  }

  @Command(description = "Begins the chain of changes anew, after a break was looked into.")
  void accept(
      @Option(names = "--reason", required = true, description = "what was found") String reason) {
    JsonNode body = Ctl.json().createObjectNode().put("reason", reason);
    ctl.show(
        ctl.console().get(Call.of(Operation.POST_AUDIT_ACCEPT).body(body)), AuditCommands::report);
  }

  private static String withoutNames(String csv) {
    return csv.substring(csv.indexOf('\n') + 1);
  }

  private static String report(JsonNode found) {
    JsonNode rules = found.path("rules");
    JsonNode accounts = found.path("accounts");
    Table table =
        new Table("LOG", "CHAIN", "ROWS", "TO REVISION", "SINCE", "NEWEST HASH")
            .row(
                "changes",
                Words.text(rules.path("verdict")),
                Words.text(rules.path("rows")),
                Words.text(rules.path("toRevision")),
                Words.time(rules.path("since")),
                Words.text(rules.path("head")))
            .row(
                "accounts",
                accounts.path("whole").asBoolean() ? "whole" : "broken",
                Words.text(accounts.path("rows")),
                "-",
                Words.time(accounts.path("since")),
                Words.text(accounts.path("head")));
    return table + breaks(rules) + breaks(accounts);
  }

  private static String breaks(JsonNode chain) {
    if (chain.path("breaks").isEmpty()) {
      return "";
    }
    Table table = new Table("BROKEN", "ROW", "REVISION", "WHAT");
    for (JsonNode row : chain.path("breaks")) {
      table.row(
          Words.text(row.path("kind")),
          row.path("id").asText().isEmpty() ? "-" : Words.text(row.path("id")),
          row.path("revision").asLong() == 0 ? "-" : Words.text(row.path("revision")),
          Words.text(row.path("detail")));
    }
    return System.lineSeparator() + table;
  }
}
