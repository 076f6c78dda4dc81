package dev.clearspan.ctl;

import java.io.Console;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * What surrounds a command: where it writes, what its environment says, and whom it asks.
 *
 * @param ask shows a prompt and reads what is typed, unseen
 */
public record Terminal(
    PrintWriter out,
    PrintWriter err,
    Map<String, String> environment,
    Path home,
    Function<String, String> ask) {

  /** This process' own. */
  static Terminal ofProcess() {
    return new Terminal(
        new PrintWriter(System.out, /* autoFlush= */ true, StandardCharsets.UTF_8),
        new PrintWriter(System.err, /* autoFlush= */ true, StandardCharsets.UTF_8),
        System.getenv(),
        Path.of(System.getProperty("user.home")),
        Terminal::askUser);
  }

  /** A variable that is set and not empty. */
  public Optional<String> variable(String name) {
    return Optional.ofNullable(environment.get(name)).filter(value -> !value.isEmpty());
  }

  private static String askUser(String prompt) {
    Console console = System.console();
    if (console == null) {
      throw new IllegalArgumentException(
          "there is no terminal to ask on (expected: the password on standard input with"
              + " --password-stdin)");
    }
    char[] typed = console.readPassword("%s", prompt);
    if (typed == null) {
      throw new IllegalArgumentException("nothing was typed");
    }
    return new String(typed);
  }
}
