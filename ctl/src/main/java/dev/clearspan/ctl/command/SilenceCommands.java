package dev.clearspan.ctl.command;

import com.fasterxml.jackson.databind.JsonNode;
import dev.clearspan.ctl.Ctl;
import dev.clearspan.ctl.console.Call;
import dev.clearspan.ctl.console.Operation;
import dev.clearspan.ctl.output.Words;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Who wants to hear nothing of which alerts, until when. */
@Command(name = "silence", description = "Mutes alerts for a while: they go on, nobody is told.")
public final class SilenceCommands {
  private final Ctl ctl;

  public SilenceCommands(Ctl ctl) {
    this.ctl = ctl;
  }

  @Command(description = "Lists the silences in force.")
  void list() {
    ctl.show(ctl.console().get(Call.of(Operation.GET_ALERT_SILENCES)), AlertTables::silences);
  }

  @Command(description = "Mutes the alerts of a rule, of a service, or both.")
  void add(
      @Option(names = "--rule", description = "default: all") @Nullable String rule,
      @Option(names = "--service", description = "default: all") @Nullable String service,
      @Option(names = "--for", paramLabel = "TIME", defaultValue = "1h") String time,
      @Option(names = "--reason", required = true) String reason) {
    show(
        ctl.console()
            .get(
                Call.of(Operation.POST_ALERT_SILENCES)
                    .body(
                        Ctl.json()
                            .createObjectNode()
                            .put("rule", rule)
                            .put("service", service)
                            .put("seconds", Words.duration(time).toSeconds())
                            .put("reason", reason))));
  }

  @Command(description = "Ends a silence before its time.")
  void end(
      @Parameters(paramLabel = "ID", description = "see list") String id,
      @Option(names = "--reason", required = true) String reason) {
    show(
        ctl.console()
            .get(Call.of(Operation.DELETE_ALERT_SILENCE).with("id", id).query("reason", reason)));
  }

  private void show(JsonNode change) {
    ctl.show(change, made -> "revision " + made.path("revision").asText() + System.lineSeparator());
  }
}
