package dev.clearspan.ctl.command;

import com.fasterxml.jackson.databind.JsonNode;
import dev.clearspan.ctl.Ctl;
import dev.clearspan.ctl.console.Call;
import dev.clearspan.ctl.console.Console;
import dev.clearspan.ctl.console.Operation;
import dev.clearspan.ctl.output.TextDiff;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** All policies as files, for git. */
@Command(name = "rules", description = "Keeps policies as files, for git.")
public final class RulesCommands {
  private static final String ENDING = ".policy.json";

  private final Ctl ctl;

  public RulesCommands(Ctl ctl) {
    this.ctl = ctl;
  }

  @Command(
      name = "export",
      description = "Writes the policies of all services into a directory, a file for each.",
      footer = {
        "",
        "Overrides of instances and forced breakers are for the moment, and stay behind."
      })
  void exportTo(@Parameters(paramLabel = "DIRECTORY") Path directory) {
    Console console = ctl.console();
    int written = 0;
    for (JsonNode service : console.get(Call.of(Operation.GET_SERVICES))) {
      String name = service.path("service").asText();
      JsonNode policy = document(console, name).path("policy");
      if (policy.isObject() && !policy.isEmpty()) {
        write(directory.resolve(name + ENDING), TextDiff.pretty(policy));
        written++;
      }
    }
    ctl.say(written + " policies written to " + directory);
  }

  @Command(
      name = "import",
      description = "Makes the files of a directory the policies: each by compare and set.",
      footer = {"", "Shows what would change, and changes it with --yes only."})
  int importFrom(
      @Parameters(paramLabel = "DIRECTORY") Path directory,
      @Option(names = "--reason", defaultValue = "imported") String reason,
      @Option(names = "--yes") boolean yes) {
    Console console = ctl.console();
    int changes = 0;
    for (Path file : policies(directory)) {
      String service = file.getFileName().toString().replace(ENDING, "");
      JsonNode wanted = Documents.json(file.toString());
      JsonNode present = document(console, service);
      String difference =
          TextDiff.of("in force: " + service, present.path("policy"), file.toString(), wanted);
      if (difference.isEmpty()) {
        continue;
      }
      changes++;
      ctl.say(difference);
      if (yes) {
        console.get(
            Call.of(Operation.PUT_SERVICE_POLICY)
                .with("service", service)
                .query("reason", reason)
                .ifRevision(present.path("revision").asLong())
                .body(wanted));
      }
    }
    ctl.say(changes + (yes ? " policies changed" : " policies differ; change them with --yes"));
    return 0;
  }

  private static JsonNode document(Console console, String service) {
    return console.get(Call.of(Operation.GET_SERVICE_POLICY).with("service", service));
  }

  private static List<Path> policies(Path directory) {
    try (Stream<Path> files = Files.list(directory)) {
      return files.filter(file -> file.toString().endsWith(ENDING)).sorted().toList();
    } catch (IOException e) {
      throw new IllegalArgumentException(
          directory + ": no directory to read (expected: one with files SERVICE" + ENDING + ")", e);
    }
  }

  private static void write(Path file, String text) {
    try {
      Files.createDirectories(file.toAbsolutePath().getParent());
      Files.writeString(file, text);
    } catch (IOException e) {
      throw new UncheckedIOException(file + ": cannot be written", e);
    }
  }
}
