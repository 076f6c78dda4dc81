package dev.clearspan.ctl.command;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.NullNode;
import dev.clearspan.ctl.Ctl;
import dev.clearspan.ctl.console.Call;
import dev.clearspan.ctl.console.Console;
import dev.clearspan.ctl.console.Operation;
import dev.clearspan.ctl.output.TextDiff;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** All policies and alert rules as files, for git. */
@Command(name = "rules", description = "Keeps policies and alert rules as files, for git.")
public final class RulesCommands {
  private static final String ENDING = ".policy.json";
  private static final String ALERT_ENDING = ".alert.json";

  private final Ctl ctl;

  public RulesCommands(Ctl ctl) {
    this.ctl = ctl;
  }

  @Command(
      name = "export",
      description = "Writes all policies and alert rules into a directory, a file for each.",
      footer = {
        "",
        "Overrides of instances, forced breakers and silences are for the moment, and stay behind."
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
    int rules = exportAlertRules(console, directory);
    ctl.say(written + " policies and " + rules + " alert rules written to " + directory);
  }

  /** Those that are stored; what is built in comes with every console. */
  private static int exportAlertRules(Console console, Path directory) {
    int written = 0;
    for (JsonNode entry : console.get(Call.of(Operation.GET_ALERT_RULES)).path("rules")) {
      if (entry.path("revision").asLong() > 0) {
        JsonNode rule = entry.path("rule");
        write(directory.resolve(rule.path("id").asText() + ALERT_ENDING), TextDiff.pretty(rule));
        written++;
      }
    }
    return written;
  }

  @Command(
      name = "import",
      description = "Makes the files of a directory the rules: each by compare and set.",
      footer = {"", "Shows what would change, and changes it with --yes only."})
  int importFrom(
      @Parameters(paramLabel = "DIRECTORY") Path directory,
      @Option(names = "--reason", defaultValue = "imported") String reason,
      @Option(names = "--yes") boolean yes) {
    Console console = ctl.console();
    int changes = 0;
    for (Path file : files(directory, ENDING)) {
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
    int rules = importAlertRules(console, directory, reason, yes);
    ctl.say(rules + (yes ? " alert rules changed" : " alert rules differ"));
    return 0;
  }

  private int importAlertRules(Console console, Path directory, String reason, boolean yes) {
    Map<String, JsonNode> known = new HashMap<>();
    console
        .get(Call.of(Operation.GET_ALERT_RULES))
        .path("rules")
        .forEach(entry -> known.put(entry.at("/rule/id").asText(), entry));
    int changes = 0;
    for (Path file : files(directory, ALERT_ENDING)) {
      String id = file.getFileName().toString().replace(ALERT_ENDING, "");
      JsonNode wanted = Documents.json(file.toString());
      JsonNode present = known.getOrDefault(id, MissingNode.getInstance());
      JsonNode inForce = present.isMissingNode() ? NullNode.getInstance() : present.path("rule");
      String difference = TextDiff.of("in force: " + id, inForce, file.toString(), wanted);
      if (!difference.isEmpty()) {
        changes++;
        ctl.say(difference);
        if (yes) {
          console.get(
              Call.of(Operation.PUT_ALERT_RULE)
                  .with("id", id)
                  .query("reason", reason)
                  .ifRevision(present.path("revision").asLong())
                  .body(wanted));
        }
      }
    }
    return changes;
  }

  private static JsonNode document(Console console, String service) {
    return console.get(Call.of(Operation.GET_SERVICE_POLICY).with("service", service));
  }

  private static List<Path> files(Path directory, String ending) {
    try (Stream<Path> files = Files.list(directory)) {
      return files.filter(file -> file.toString().endsWith(ending)).sorted().toList();
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
