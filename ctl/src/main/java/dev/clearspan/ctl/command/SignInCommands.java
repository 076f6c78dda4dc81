package dev.clearspan.ctl.command;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.clearspan.ctl.Ctl;
import dev.clearspan.ctl.console.Call;
import dev.clearspan.ctl.console.Console;
import dev.clearspan.ctl.console.Credentials;
import dev.clearspan.ctl.console.Operation;
import dev.clearspan.ctl.console.SignInFile.SignIn;
import dev.clearspan.ctl.output.Table;
import dev.clearspan.ctl.output.Words;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Signing in and out. */
@Command(name = "session", description = "Signs in and out.")
public final class SignInCommands {
  private final Ctl ctl;

  public SignInCommands(Ctl ctl) {
    this.ctl = ctl;
  }

  @Command(
      description = "Signs in, and remembers it in a file that only you may read.",
      footer = {"", "Asks for the password of --user, or for an API token without it."})
  void login(
      @Option(names = "--user", description = "default: asks for a token") @Nullable String user) {
    Credentials credentials =
        user == null ? new Credentials.Bearer(ask("API token: ")) : session(signIn(user));
    Console console = new Console(ctl.consoleForStrangers().address(), credentials);
    JsonNode session = console.get(Call.of(Operation.GET_SESSION));
    ctl.signInFile().write(new SignIn(console.address(), credentials));
    ctl.say("signed in to " + console.address() + " as " + who(session));
  }

  @Command(description = "Signs out, and forgets the sign-in.")
  void logout() {
    var remembered = ctl.signInFile().read();
    if (remembered.isPresent()
        && remembered.get().credentials() instanceof Credentials.Session session) {
      new Console(remembered.get().console(), session).get(Call.of(Operation.DELETE_SESSION));
    }
    ctl.signInFile().delete();
    ctl.say("signed out");
  }

  @Command(description = "Says who is signed in, and what they may steer.")
  void whoami() {
    ctl.show(
        ctl.console().get(Call.of(Operation.GET_SESSION)),
        session ->
            new Table("NAME", "ROLE", "SERVICES", "ENVIRONMENT", "VERSION")
                .row(
                    Words.text(session.at("/user/name")),
                    Words.text(session.at("/user/role")),
                    UserCommands.scope(session.path("user")),
                    Words.text(session.path("env")),
                    Words.text(session.path("version"))));
  }

  @Command(description = "Creates the first admin of a new console, and signs in.")
  void setup(
      @Parameters(paramLabel = "TOKEN", description = "of the set-up link in the console's log")
          String token,
      @Option(names = "--user", required = true) String user) {
    Console console = ctl.consoleForStrangers();
    if (!console.get(Call.of(Operation.GET_SETUP)).path("required").asBoolean()) {
      throw new IllegalArgumentException(
          console.address() + " is set up already. Sign in with: clearspan ctl login --user NAME");
    }
    ObjectNode body =
        Ctl.json()
            .createObjectNode()
            .put("token", token)
            .put("username", user)
            .put("password", ask("Password for " + user + ": "));
    Credentials credentials = session(console.send(Call.of(Operation.POST_SETUP).body(body)));
    ctl.signInFile().write(new SignIn(console.address(), credentials));
    ctl.say(user + " is admin of " + console.address() + " and signed in");
  }

  private Console.Answer signIn(String user) {
    ObjectNode body =
        Ctl.json()
            .createObjectNode()
            .put("username", user)
            .put("password", ask("Password of " + user + ": "));
    return ctl.consoleForStrangers().send(Call.of(Operation.POST_SESSION).body(body));
  }

  private static Credentials session(Console.Answer answer) {
    return new Credentials.Session(answer.cookie(), answer.body().path("csrfToken").asText());
  }

  private String ask(String prompt) {
    return ctl.terminal().ask().apply(prompt);
  }

  private static String who(JsonNode session) {
    return session.at("/user/name").asText() + " (" + session.at("/user/role").asText() + ")";
  }
}
