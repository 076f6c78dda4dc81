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

/** Tokens by which programs ask the API. */
@Command(name = "token", description = "Lists, creates and revokes API tokens.")
public final class TokenCommands {
  private final Ctl ctl;

  public TokenCommands(Ctl ctl) {
    this.ctl = ctl;
  }

  @Command(description = "Lists tokens; their secrets are not known any more.")
  void list() {
    ctl.show(ctl.console().get(Call.of(Operation.GET_TOKENS)), TokenCommands::table);
  }

  @Command(description = "Creates a token and prints its secret, this once.")
  void create(
      @Parameters(paramLabel = "NAME") String name,
      @Option(names = "--role", required = true, description = "viewer, operator or admin")
          String role,
      @Option(names = "--service", description = "may steer only these (default: all)")
          @Nullable List<String> services,
      @Option(names = "--ttl", paramLabel = "TIME", description = "default: never ends")
          @Nullable String ttl) {
    ObjectNode body = UserCommands.body(role, services).put("name", name);
    if (ttl != null) {
      body.put("ttlSeconds", Words.duration(ttl).toSeconds());
    }
    ctl.show(
        ctl.console().get(Call.of(Operation.POST_TOKENS).body(body)),
        token -> token.path("secret").asText() + System.lineSeparator());
  }

  @Command(description = "Revokes a token at once.")
  void revoke(@Parameters(paramLabel = "ID", description = "see list") String id) {
    ctl.console().get(Call.of(Operation.DELETE_TOKENS).with("id", id));
    ctl.say(id + " is revoked");
  }

  private static Table table(JsonNode tokens) {
    Table table = new Table("ID", "NAME", "ROLE", "SERVICES", "ENDS", "LAST USED");
    for (JsonNode token : tokens) {
      table.row(
          Words.text(token.path("id")),
          Words.text(token.path("name")),
          Words.text(token.path("role")),
          UserCommands.scope(token),
          token.path("expiresAt").isTextual() ? Words.time(token.path("expiresAt")) : "never",
          Words.time(token.path("lastUsed")));
    }
    return table;
  }
}
