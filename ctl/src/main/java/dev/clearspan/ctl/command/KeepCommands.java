package dev.clearspan.ctl.command;

import com.fasterxml.jackson.databind.JsonNode;
import dev.clearspan.ctl.Ctl;
import dev.clearspan.ctl.console.Call;
import dev.clearspan.ctl.console.Operation;
import dev.clearspan.ctl.output.Table;
import dev.clearspan.ctl.output.Words;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Orders to keep all traces of a caller for a while. */
@Command(name = "keep", description = "Keeps all traces of a service's caller for a while.")
public final class KeepCommands {
  private final Ctl ctl;

  public KeepCommands(Ctl ctl) {
    this.ctl = ctl;
  }

  @Command(description = "Lists what is kept now.")
  void list(@Parameters(paramLabel = "SERVICE") String service) {
    ctl.show(
        ctl.console().get(Call.of(Operation.GET_SERVICE_TELEMETRY_KEEP).with("service", service)),
        KeepCommands::table);
  }

  @Command(description = "Keeps all traces of a caller.")
  void add(
      @Parameters(paramLabel = "SERVICE") String service,
      @Parameters(paramLabel = "CALLER") String caller,
      @Option(names = "--method", description = "default: all") @Nullable String method,
      @Option(names = "--for", paramLabel = "TIME", defaultValue = "10m") String time,
      @Option(names = "--reason", required = true) String reason) {
    Applied.show(
        ctl,
        ctl.console()
            .get(
                Call.of(Operation.POST_SERVICE_TELEMETRY_KEEP)
                    .with("service", service)
                    .body(
                        Ctl.json()
                            .createObjectNode()
                            .put("caller", caller)
                            .put("method", method)
                            .put("seconds", Words.duration(time).toSeconds())
                            .put("reason", reason))));
  }

  @Command(description = "Ends an order before its time.")
  void remove(
      @Parameters(paramLabel = "SERVICE") String service,
      @Parameters(paramLabel = "CALLER") String caller,
      @Option(names = "--method") @Nullable String method,
      @Option(names = "--reason", required = true) String reason) {
    Applied.show(
        ctl,
        ctl.console()
            .get(
                Call.of(Operation.DELETE_SERVICE_TELEMETRY_KEEP)
                    .with("service", service)
                    .query("caller", caller)
                    .query("method", method)
                    .query("reason", reason)));
  }

  private static Table table(JsonNode orders) {
    Table table = new Table("CALLER", "METHOD", "UNTIL", "AUTHOR", "REASON");
    for (JsonNode order : orders) {
      table.row(
          Words.text(order.path("caller")),
          Words.text(order.path("method")),
          Words.time(order.path("until")),
          Words.text(order.path("author")),
          Words.text(order.path("reason")));
    }
    return table;
  }
}
