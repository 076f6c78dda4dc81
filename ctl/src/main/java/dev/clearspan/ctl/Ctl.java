package dev.clearspan.ctl;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.clearspan.ctl.command.AlertRuleCommands;
import dev.clearspan.ctl.command.AuditCommands;
import dev.clearspan.ctl.command.BreakerCommands;
import dev.clearspan.ctl.command.ConsoleCommands;
import dev.clearspan.ctl.command.ContractCommands;
import dev.clearspan.ctl.command.InstanceCommands;
import dev.clearspan.ctl.command.InvokeCommand;
import dev.clearspan.ctl.command.KeepCommands;
import dev.clearspan.ctl.command.LayoutCommands;
import dev.clearspan.ctl.command.LookCommands;
import dev.clearspan.ctl.command.PolicyCommands;
import dev.clearspan.ctl.command.RulesCommands;
import dev.clearspan.ctl.command.SignInCommands;
import dev.clearspan.ctl.command.SilenceCommands;
import dev.clearspan.ctl.command.TokenCommands;
import dev.clearspan.ctl.command.UserCommands;
import dev.clearspan.ctl.console.Console;
import dev.clearspan.ctl.console.ConsoleException;
import dev.clearspan.ctl.console.Credentials;
import dev.clearspan.ctl.console.SignInFile;
import dev.clearspan.ctl.console.SignInFile.SignIn;
import dev.clearspan.ctl.output.Output;
import java.net.URI;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ScopeType;

/** {@code clearspan ctl}: what the console does, from a terminal or a script. */
@Command(
    name = "clearspan ctl",
    description = "Sees and steers services through the console's public API.",
    synopsisSubcommandLabel = "COMMAND",
    footer = {
      "",
      "Short forms, without their group: trace, failures; weight, drain, eject, restore,",
      "acks; apply; export, import; watch, api; login, logout, whoami, setup.",
      "",
      "Sign in with 'clearspan ctl login', or set CLEARSPAN_TOKEN to an API token.",
      "Exit codes: 0 done; 1 refused, not found, or not reached; 2 wrong use."
    })
public final class Ctl {
  private static final String DEFAULT_CONSOLE = "http://127.0.0.1:8080";
  private static final ObjectMapper JSON = new ObjectMapper();

  /** What is typed most, and the group that it is of. */
  private static final Map<String, String> GROUP_OF_SHORT_FORM =
      Map.ofEntries(
          Map.entry("trace", "get"),
          Map.entry("failures", "get"),
          Map.entry("weight", "instance"),
          Map.entry("drain", "instance"),
          Map.entry("eject", "instance"),
          Map.entry("restore", "instance"),
          Map.entry("acks", "instance"),
          Map.entry("apply", "policy"),
          Map.entry("export", "rules"),
          Map.entry("import", "rules"),
          Map.entry("watch", "console"),
          Map.entry("api", "console"),
          Map.entry("login", "session"),
          Map.entry("logout", "session"),
          Map.entry("whoami", "session"),
          Map.entry("setup", "session"));

  private final Terminal terminal;

  @Option(
      names = "--console",
      paramLabel = "URL",
      scope = ScopeType.INHERIT,
      description =
          "The console (default: CLEARSPAN_CONSOLE, else where you signed in, else "
              + DEFAULT_CONSOLE
              + ").")
  private @Nullable URI address;

  @Option(
      names = {"-o", "--output"},
      paramLabel = "FORM",
      scope = ScopeType.INHERIT,
      description = "${COMPLETION-CANDIDATES} (default: table).")
  private Output output = Output.TABLE;

  @Option(
      names = {"-h", "--help"},
      usageHelp = true,
      scope = ScopeType.INHERIT,
      description = "Explains the command.")
  private boolean help;

  private Ctl(Terminal terminal) {
    this.terminal = terminal;
  }

  /** Runs one command and ends the process with its exit code. */
  public static void main(String[] args) {
    System.exit(run(Terminal.ofProcess(), args));
  }

  /** Runs one command; returns its exit code. */
  static int run(Terminal terminal, String... args) {
    return commandLine(terminal).execute(spelledOut(args));
  }

  private static String[] spelledOut(String... args) {
    String group = args.length == 0 ? null : GROUP_OF_SHORT_FORM.get(args[0]);
    return group == null
        ? args
        : Stream.concat(Stream.of(group), Arrays.stream(args)).toArray(String[]::new);
  }

  static CommandLine commandLine(Terminal terminal) {
    Ctl ctl = new Ctl(terminal);
    CommandLine line = new CommandLine(ctl);
    List.of(
            new LookCommands(ctl),
            new InstanceCommands(ctl),
            new BreakerCommands(ctl),
            new PolicyCommands(ctl),
            new RulesCommands(ctl),
            new KeepCommands(ctl),
            new AlertRuleCommands(ctl),
            new LayoutCommands(ctl),
            new SilenceCommands(ctl),
            new ConsoleCommands(ctl),
            new AuditCommands(ctl),
            new UserCommands(ctl),
            new TokenCommands(ctl),
            new InvokeCommand(ctl),
            new ContractCommands(ctl),
            new SignInCommands(ctl))
        .forEach(line::addSubcommand);
    // @FILE is for --data, not for arguments.
    return line.setExpandAtFiles(false)
        .setUsageHelpWidth(100)
        .setOut(terminal.out())
        .setErr(terminal.err())
        .setCaseInsensitiveEnumValuesAllowed(true)
        .setExecutionExceptionHandler(
            (failure, failed, parsed) -> {
              terminal.err().println("clearspan ctl: " + explained(failure));
              return failure instanceof IllegalArgumentException
                  ? CommandLine.ExitCode.USAGE
                  : CommandLine.ExitCode.SOFTWARE;
            });
  }

  private static String explained(Exception failure) throws Exception {
    if (failure instanceof ConsoleException
        || failure instanceof IllegalArgumentException
        || failure instanceof java.io.UncheckedIOException) {
      return String.valueOf(failure.getMessage());
    }
    throw failure;
  }

  public Terminal terminal() {
    return terminal;
  }

  /** The console that is meant, asked as whoever is signed in. */
  public Console console() {
    Optional<SignIn> remembered = signInFile().read();
    Credentials credentials =
        terminal
            .variable("CLEARSPAN_TOKEN")
            .map(token -> (Credentials) new Credentials.Bearer(token))
            .or(
                () ->
                    remembered
                        .filter(signIn -> signIn.console().equals(address(remembered)))
                        .map(SignIn::credentials))
            .orElseGet(Credentials.None::new);
    return new Console(address(remembered), credentials);
  }

  /** The console that is meant, asked as nobody. */
  public Console consoleForStrangers() {
    return new Console(address(signInFile().read()), new Credentials.None());
  }

  private URI address(Optional<SignIn> remembered) {
    if (address != null) {
      return address;
    }
    return terminal
        .variable("CLEARSPAN_CONSOLE")
        .map(URI::create)
        .or(() -> remembered.map(SignIn::console))
        .orElseGet(() -> URI.create(DEFAULT_CONSOLE));
  }

  /** Where a sign-in is kept. */
  public SignInFile signInFile() {
    Path config =
        terminal
            .variable("XDG_CONFIG_HOME")
            .map(Path::of)
            .orElseGet(() -> terminal.home().resolve(".config"));
    return new SignInFile(config.resolve("clearspan").resolve("ctl.json"));
  }

  /** Prints an answer: as JSON if that is wanted, else as the table makes it. */
  public void show(JsonNode answer, Function<JsonNode, Object> table) {
    if (output == Output.JSON) {
      terminal.out().println(answer.toPrettyString());
    } else {
      terminal.out().print(table.apply(answer));
    }
    terminal.out().flush();
  }

  /** Says something that is no part of the answer. */
  public void say(String sentence) {
    terminal.err().println(sentence);
    terminal.err().flush();
  }

  /** For bodies of requests. */
  public static ObjectMapper json() {
    return JSON;
  }
}
