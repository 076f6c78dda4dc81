package dev.clearspan.ctl.command;

import com.fasterxml.jackson.databind.JsonNode;
import dev.clearspan.ctl.Ctl;
import dev.clearspan.ctl.console.Call;
import dev.clearspan.ctl.console.Operation;
import dev.clearspan.ctl.output.Table;
import dev.clearspan.ctl.output.Words;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** The console itself: its state, its events, its API. */
@Command(name = "console", description = "Shows the console's own state, and asks its API.")
public final class ConsoleCommands {
  private final Ctl ctl;

  public ConsoleCommands(Ctl ctl) {
    this.ctl = ctl;
  }

  @Command(description = "Shows the console's own state: registry, intake, store.")
  void system() {
    show(Call.of(Operation.GET_SYSTEM), LookTables::system);
  }

  @Command(description = "Shows what each process records, keeps and loses.")
  void recorders() {
    show(Call.of(Operation.GET_RECORDERS), LookTables::recorders);
  }

  @Command(description = "Lists what Prometheus is to scrape.")
  void targets() {
    show(Call.of(Operation.GET_PROMETHEUS_TARGETS), LookTables::targets);
  }

  @Command(description = "Says whether the console serves.")
  void health() {
    ctl.show(
        ctl.consoleForStrangers().get(Call.of(Operation.GET_HEALTHZ)),
        health ->
            new Table("STATUS", "REGISTRY", "REVISION")
                .row(
                    Words.text(health.path("status")),
                    health.at("/registry/connected").asBoolean() ? "connected" : "away",
                    Words.text(health.at("/registry/revision"))));
  }

  @Command(description = "Prints the API's OpenAPI document.")
  void openapi() {
    ctl.show(
        ctl.consoleForStrangers().get(Call.of(Operation.GET_OPENAPI)),
        document -> document.toPrettyString() + System.lineSeparator());
  }

  @Command(
      description = "Follows what happens, a line for each event, until Ctrl-C.",
      footer = {"", "Topics: topology, acks, breakers, audit, system, alerts."})
  void watch(
      @Parameters(paramLabel = "TOPIC", arity = "0..*", description = "default: all")
          String @Nullable [] topics) {
    ctl.console()
        .follow(
            Call.of(Operation.GET_EVENTS)
                .query("topics", topics == null ? null : String.join(",", topics)),
            (name, data) -> ctl.terminal().out().println(name + " " + data));
  }

  @Command(
      description = "Asks the API directly, for what has no command of its own.",
      footer = {"", "Example: clearspan ctl api GET '/api/v1/traces?limit=5'"})
  void api(
      @Parameters(paramLabel = "METHOD", description = "GET, PUT, POST or DELETE") String method,
      @Parameters(paramLabel = "PATH") String path,
      @Option(names = "--body", paramLabel = "FILE", description = "JSON; - is standard input")
          @Nullable String body,
      @Option(names = "--if-match", paramLabel = "REVISION") @Nullable Long revision) {
    if (!path.startsWith("/api/")) {
      throw new IllegalArgumentException(path + " (expected: a path that begins with /api/)");
    }
    JsonNode sent = body == null ? null : Documents.json(body);
    show(
        Call.raw(method, path).body(sent).ifRevision(revision),
        answer -> answer.isMissingNode() ? "" : answer.toPrettyString() + System.lineSeparator());
  }

  private void show(Call call, Function<JsonNode, Object> table) {
    ctl.show(ctl.console().get(call), table);
  }
}
