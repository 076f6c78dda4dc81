package dev.clearspan.ctl.command;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.clearspan.ctl.Ctl;
import dev.clearspan.ctl.console.Call;
import dev.clearspan.ctl.console.Operation;
import dev.clearspan.ctl.output.TextDiff;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Where boxes stand on everybody's map. */
@Command(
    name = "layout",
    description = "Reads and changes where boxes stand on the map, for everybody.")
public final class LayoutCommands {
  private static final String WHICH = "wide or narrow: each kind of screen has its own";

  private final Ctl ctl;

  public LayoutCommands(Ctl ctl) {
    this.ctl = ctl;
  }

  @Command(
      description = "Prints an arrangement.",
      footer = {"", "Example: clearspan ctl layout get wide > wide.json"})
  void get(@Parameters(paramLabel = "ARRANGEMENT", description = WHICH) String arrangement) {
    JsonNode layout = ctl.console().get(call(Operation.GET_LAYOUT, arrangement));
    ctl.show(layout, TextDiff::pretty);
  }

  @Command(
      description = "Places the boxes of a document; the others stay.",
      footer = {"", "Example: clearspan ctl layout apply wide -f wide.json"})
  void apply(
      @Parameters(paramLabel = "ARRANGEMENT", description = WHICH) String arrangement,
      @Option(
              names = {"-f", "--file"},
              required = true,
              description = "JSON; - is standard input")
          String file,
      @Option(names = "--anew", description = "all other boxes lose their place") boolean anew) {
    ObjectNode request = Ctl.json().createObjectNode();
    request.set("boxes", Documents.json(file).path("boxes"));
    request.put("anew", anew);
    JsonNode layout = ctl.console().get(call(Operation.PUT_LAYOUT, arrangement).body(request));
    ctl.show(layout, placed -> placed.path("boxes").size() + " boxes have a place");
  }

  private static Call call(Operation operation, String arrangement) {
    return Call.of(operation).with("arrangement", arrangement);
  }
}
