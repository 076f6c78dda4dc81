package dev.clearspan.ctl.command;

import com.fasterxml.jackson.databind.JsonNode;
import dev.clearspan.contract.Comparison;
import dev.clearspan.contract.Comparison.Extent;
import dev.clearspan.contract.Contract;
import dev.clearspan.ctl.Ctl;
import dev.clearspan.ctl.console.Call;
import dev.clearspan.ctl.console.Console;
import dev.clearspan.ctl.console.Operation;
import dev.clearspan.ctl.contract.CandidateFiles;
import dev.clearspan.ctl.contract.Protoc;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Whether a new version of a service breaks who calls it. */
@Command(name = "contract", description = "Checks whether new contracts break who speaks old ones.")
public final class ContractCommands {
  private final Ctl ctl;

  public ContractCommands(Ctl ctl) {
    this.ctl = ctl;
  }

  @Command(
      description = "Compares a candidate with what is live, with files, or with both.",
      footer = {
        "",
        "The candidate: a descriptor set (protoc --include_imports --descriptor_set_out), .proto",
        "files or a directory of them, or jars and directories with generated classes.",
        "",
        "Examples: clearspan contract check --service orders target/classes",
        "          clearspan contract check --against released.binpb src/main/protobuf",
        "",
        "Exit codes: 0 compatible; 1 breaking, or the console was not reached; 2 wrong use.",
        "What breaks whom: docs/contract.md."
      })
  int check(
      @Parameters(paramLabel = "CANDIDATE", arity = "1..*") List<Path> candidate,
      @Option(
              names = "--service",
              description = "compare with all versions of it that are live, as the console knows")
          @Nullable String service,
      @Option(
              names = "--against",
              paramLabel = "FILE",
              description = "compare with this; no console is needed then")
          @Nullable List<Path> against,
      @Option(
              names = "--partial",
              description = "services that the candidate does not have are not taken for removed")
          boolean partial,
      @Option(
              names = {"-I", "--include"},
              paramLabel = "DIR",
              description = "where imports of .proto files are looked up")
          @Nullable List<Path> includes,
      @Option(names = "--protoc", paramLabel = "FILE") @Nullable Path program) {
    List<Path> files = against == null ? List.of() : against;
    if (service == null && files.isEmpty()) {
      throw new IllegalArgumentException(
          "nothing to compare with (expected: --service NAME, --against FILE, or both)");
    }
    Protoc protoc = new Protoc(program, includes == null ? List.of() : includes, ctl.terminal());
    Contract wanted = Contract.parse(CandidateFiles.read(candidate, protoc));
    Extent extent = partial ? Extent.PART : Extent.WHOLE;
    List<Verdict> verdicts = new ArrayList<>();
    for (Path file : files) {
      Contract known = Contract.parse(CandidateFiles.read(List.of(file), protoc));
      verdicts.add(new Verdict(file.toString(), Comparison.of(known, wanted, extent), List.of()));
    }
    if (service != null) {
      addLive(service, wanted, extent, verdicts);
    }
    ctl.show(Verdict.json(verdicts), answer -> Verdict.text(verdicts));
    return verdicts.stream().anyMatch(Verdict::breaks) ? 1 : 0;
  }

  private void addLive(String service, Contract wanted, Extent extent, List<Verdict> verdicts) {
    Console console = ctl.console();
    JsonNode methods = console.get(Call.of(Operation.GET_SERVICE_METHODS).with("service", service));
    int compared = verdicts.size();
    for (JsonNode version : versions(console, service)) {
      String hash = version.path("hash").asText();
      if (!hash.isEmpty() && version.path("problem").isNull()) {
        Contract live = Contract.parse(stored(console, service, hash));
        verdicts.add(
            new Verdict(
                Verdict.nameOf(service, version),
                Comparison.of(live, wanted, extent),
                Verdict.callers(methods)));
      } else {
        ctl.say(Verdict.nameOf(service, version) + " has no descriptors and was not compared");
      }
    }
    if (verdicts.size() == compared) {
      throw new IllegalArgumentException(
          service + ": no live instance has published descriptors (expected: at least one)");
    }
  }

  @Command(
      description = "Stores the contract of a service that is live, to compare with it later.",
      footer = {"", "Example: clearspan contract save orders -f released.binpb"})
  void save(
      @Parameters(paramLabel = "SERVICE") String service,
      @Option(
              names = {"-f", "--file"},
              paramLabel = "FILE",
              required = true)
          Path file) {
    Console console = ctl.console();
    Set<String> hashes = new TreeSet<>();
    versions(console, service).forEach(version -> hashes.add(version.path("hash").asText()));
    hashes.remove("");
    if (hashes.size() != 1) {
      throw new IllegalArgumentException(
          service
              + " has "
              + hashes.size()
              + " contracts now (expected: one; see clearspan ctl get contract "
              + service
              + ")");
    }
    byte[] set = stored(console, service, hashes.iterator().next());
    try {
      Files.write(file, set);
    } catch (IOException e) {
      throw new UncheckedIOException(file + ": cannot be written", e);
    }
    ctl.say(set.length + " bytes written to " + file);
  }

  private static JsonNode versions(Console console, String service) {
    return console
        .get(Call.of(Operation.GET_SERVICE_CONTRACT).with("service", service))
        .path("versions");
  }

  private static byte[] stored(Console console, String service, String hash) {
    JsonNode stored =
        console.get(
            Call.of(Operation.GET_SERVICE_DESCRIPTOR_SET)
                .with("service", service)
                .with("hash", hash));
    return Base64.getDecoder().decode(stored.path("descriptorSet").asText());
  }
}
