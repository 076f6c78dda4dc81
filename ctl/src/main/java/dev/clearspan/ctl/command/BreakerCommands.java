package dev.clearspan.ctl.command;

import com.fasterxml.jackson.databind.JsonNode;
import dev.clearspan.ctl.Ctl;
import dev.clearspan.ctl.console.Call;
import dev.clearspan.ctl.console.Operation;
import dev.clearspan.ctl.output.Table;
import dev.clearspan.ctl.output.Words;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Circuit breakers: what they computed, and what they are forced to. */
@Command(name = "breaker", description = "Lists and forces circuit breakers.")
public final class BreakerCommands {
  private final Ctl ctl;

  public BreakerCommands(Ctl ctl) {
    this.ctl = ctl;
  }

  /** What a breaker can be told to be. */
  enum State {
    OPEN,
    CLOSED,
    HALF_OPEN,
    DISABLED,
    AUTO;

    @Override
    public String toString() {
      return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
  }

  @Command(description = "Lists breakers; those that are not plainly closed, unless --all.")
  void list(@Option(names = "--all") boolean all) {
    ctl.show(ctl.console().get(Call.of(Operation.GET_BREAKERS)), breakers -> table(breakers, all));
  }

  @Command(
      description = "Forces the breakers of a service's callers, or gives them back: auto.",
      footer = {
        "",
        "Example: clearspan ctl breaker force payments open --caller orders --ttl 10m --reason 'bad deploy'"
      })
  void force(
      @Parameters(paramLabel = "SERVICE") String service,
      @Parameters(paramLabel = "STATE", description = "${COMPLETION-CANDIDATES}") State state,
      @Option(names = "--caller", description = "default: all") @Nullable String caller,
      @Option(names = "--method", description = "default: all") @Nullable String method,
      @Option(names = "--instance", description = "default: all") @Nullable String instance,
      @Mixin Change change) {
    Applied.show(
        ctl,
        ctl.console()
            .get(
                Call.of(Operation.PUT_SERVICE_BREAKERS)
                    .with("service", service)
                    .body(
                        change
                            .body()
                            .put("state", state.name())
                            .put("caller", caller)
                            .put("method", method)
                            .put("instance", instance))));
  }

  private static Table table(JsonNode breakers, boolean all) {
    Table table =
        new Table("CALLER", "SERVICE", "METHOD", "INSTANCE", "COMPUTED", "FORCED", "SINCE", "WHY");
    for (JsonNode breaker : breakers) {
      boolean isPlain =
          breaker.path("computed").asText().equals("CLOSED") && !breaker.path("forced").isTextual();
      if (all || !isPlain) {
        table.row(
            Words.text(breaker.path("caller")),
            Words.text(breaker.path("service")),
            Words.text(breaker.path("method")),
            Words.text(breaker.path("instance")),
            Words.text(breaker.path("computed")),
            Words.text(breaker.path("forced")),
            Words.time(breaker.path("since")),
            breaker.path("forcedBy").isObject()
                ? breaker.at("/forcedBy/author").asText()
                    + ": "
                    + breaker.at("/forcedBy/reason").asText()
                : Words.text(breaker.path("cause")));
      }
    }
    return table;
  }
}
