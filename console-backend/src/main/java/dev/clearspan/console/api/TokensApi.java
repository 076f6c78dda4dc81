package dev.clearspan.console.api;

import dev.clearspan.console.identity.AccountLog;
import dev.clearspan.console.identity.Role;
import dev.clearspan.console.identity.Scope;
import dev.clearspan.console.identity.Token;
import dev.clearspan.console.identity.TokenCreated;
import dev.clearspan.console.identity.Tokens;
import dev.clearspan.console.web.Access;
import dev.clearspan.console.web.Api;
import dev.clearspan.console.web.Json;
import dev.clearspan.console.web.Route;
import dev.clearspan.console.web.Types;
import io.javalin.http.Context;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Keys for programs. */
final class TokensApi implements Api {
  private final Tokens tokens;
  private final AccountLog log;

  TokensApi(Tokens tokens, AccountLog log) {
    this.tokens = tokens;
    this.log = log;
  }

  /** Services it may steer: none given means all. */
  record TokenRequest(
      @Nullable String name,
      @Nullable Role role,
      @Nullable List<String> services,
      @Nullable Long ttlSeconds) {}

  @Override
  public List<Route> routes() {
    return List.of(
        Route.get("/api/v1/tokens")
            .access(Access.ADMIN)
            .summary("Lists the tokens, without their secrets")
            .gives(Types.listOf(Token.class))
            .handledBy(context -> Json.answer(context, tokens.list())),
        Route.post("/api/v1/tokens")
            .access(Access.ADMIN)
            .summary("Makes a token; its secret is shown this once")
            .takes(TokenRequest.class)
            .gives(TokenCreated.class)
            .handledBy(this::create),
        Route.delete("/api/v1/tokens/{id}")
            .access(Access.ADMIN)
            .summary("Ends a token")
            .handledBy(this::delete));
  }

  private void create(Context context) {
    TokenRequest request = Json.body(context, TokenRequest.class);
    TokenCreated token =
        tokens.create(request.name(), request.role(), request.services(), request.ttlSeconds());
    String rights = Scope.words(token.role(), token.services());
    log.record(Callers.name(context), "token.create", token.name(), token.id() + ", " + rights);
    Json.answer(context, token);
  }

  private void delete(Context context) {
    Token token = tokens.delete(context.pathParam("id"));
    log.record(Callers.name(context), "token.end", token.name(), token.id());
    context.status(204);
  }
}
