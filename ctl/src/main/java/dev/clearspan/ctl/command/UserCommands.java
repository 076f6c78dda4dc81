package dev.clearspan.ctl.command;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.clearspan.ctl.Ctl;
import dev.clearspan.ctl.console.Call;
import dev.clearspan.ctl.console.Operation;
import dev.clearspan.ctl.output.Table;
import dev.clearspan.ctl.output.Words;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Who may use the console. */
@Command(name = "user", description = "Lists and changes users.")
public final class UserCommands {
  private final Ctl ctl;

  public UserCommands(Ctl ctl) {
    this.ctl = ctl;
  }

  @Command(description = "Lists users.")
  void list() {
    ctl.show(ctl.console().get(Call.of(Operation.GET_USERS)), UserCommands::table);
  }

  @Command(description = "Creates a user; asks for the password.")
  void add(
      @Parameters(paramLabel = "NAME") String name,
      @Option(names = "--role", required = true, description = "viewer, operator or admin")
          String role,
      @Option(names = "--service", description = "may steer only these (default: all)")
          @Nullable List<String> services) {
    ObjectNode body = body(role, services).put("name", name).put("password", password(name));
    show(Call.of(Operation.POST_USERS).body(body));
  }

  @Command(description = "Changes a user's role or services, or sets a password.")
  void change(
      @Parameters(paramLabel = "NAME") String name,
      @Option(names = "--role") @Nullable String role,
      @Option(names = "--service") @Nullable List<String> services,
      @Option(names = "--password", description = "asks for a new one") boolean password) {
    ObjectNode body = body(role, services);
    if (password) {
      body.put("password", password(name));
    }
    show(Call.of(Operation.PUT_USERS).with("name", name).body(body));
  }

  @Command(description = "Removes a user and ends its sessions.")
  void remove(@Parameters(paramLabel = "NAME") String name) {
    ctl.console().get(Call.of(Operation.DELETE_USERS).with("name", name));
    ctl.say(name + " is removed");
  }

  @Command(description = "Lists what was done to users, tokens and sessions.")
  void log(@Option(names = "--limit", defaultValue = "50") int limit) {
    ctl.show(
        ctl.console().get(Call.of(Operation.GET_ACCOUNT_CHANGES).query("limit", limit)),
        UserCommands::log);
  }

  @Command(description = "Makes a link that signs one guest in to the pages, once.")
  void link(
      @Parameters(paramLabel = "NAME", description = "what the audit trail calls the guest")
          String name,
      @Option(names = "--role", defaultValue = "viewer") String role,
      @Option(names = "--ttl", paramLabel = "TIME", defaultValue = "10m") String ttl) {
    ObjectNode body =
        Ctl.json()
            .createObjectNode()
            .put("name", name)
            .put("role", role)
            .put("ttlSeconds", Words.duration(ttl).toSeconds());
    var console = ctl.console();
    ctl.show(
        console.get(Call.of(Operation.POST_SIGN_IN_LINKS).body(body)),
        link -> console.address().resolve(link.path("path").asText()) + System.lineSeparator());
  }

  private String password(String name) {
    return ctl.terminal().ask().apply("Password of " + name + ": ");
  }

  private void show(Call call) {
    ctl.show(ctl.console().get(call), user -> table(Ctl.json().createArrayNode().add(user)));
  }

  static ObjectNode body(@Nullable String role, @Nullable List<String> services) {
    ObjectNode body = Ctl.json().createObjectNode();
    if (role != null) {
      body.put("role", role);
    }
    if (services != null) {
      services.forEach(body.putArray("services")::add);
    }
    return body;
  }

  private static Table table(JsonNode users) {
    Table table = new Table("NAME", "ROLE", "SERVICES", "LAST SIGN-IN");
    for (JsonNode user : users) {
      table.row(
          Words.text(user.path("name")),
          Words.text(user.path("role")),
          scope(user),
          Words.time(user.path("lastSignIn")));
    }
    return table;
  }

  static String scope(JsonNode holder) {
    return holder.path("services").isEmpty() ? "all" : Words.list(holder.path("services"));
  }

  private static Table log(JsonNode changes) {
    Table table = new Table("AT", "AUTHOR", "ACTION", "SUBJECT", "DETAIL");
    for (JsonNode change : changes) {
      table.row(
          Words.time(change.path("at")),
          Words.text(change.path("author")),
          Words.text(change.path("action")),
          Words.text(change.path("subject")),
          Words.text(change.path("detail")));
    }
    return table;
  }
}
