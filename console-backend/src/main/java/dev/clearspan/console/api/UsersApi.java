package dev.clearspan.console.api;

import dev.clearspan.console.identity.AccountChange;
import dev.clearspan.console.identity.AccountLog;
import dev.clearspan.console.identity.Role;
import dev.clearspan.console.identity.Scope;
import dev.clearspan.console.identity.User;
import dev.clearspan.console.identity.Users;
import dev.clearspan.console.web.Access;
import dev.clearspan.console.web.Api;
import dev.clearspan.console.web.Json;
import dev.clearspan.console.web.Query;
import dev.clearspan.console.web.Route;
import dev.clearspan.console.web.Types;
import io.javalin.http.Context;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** People with a password. */
final class UsersApi implements Api {
  private static final int DEFAULT_CHANGES = 50;
  private static final int MAX_CHANGES = 1_000;

  private final Users users;
  private final AccountLog log;

  UsersApi(Users users, AccountLog log) {
    this.users = users;
    this.log = log;
  }

  /** Services they may steer: none given means all. */
  record UserRequest(
      @Nullable String name,
      @Nullable Role role,
      @Nullable List<String> services,
      @Nullable String password) {}

  /** What is left out stays. */
  record UserChangeRequest(
      @Nullable Role role, @Nullable List<String> services, @Nullable String password) {}

  @Override
  public List<Route> routes() {
    return List.of(
        Route.get("/api/v1/users")
            .access(Access.ADMIN)
            .summary("Lists the users")
            .gives(Types.listOf(User.class))
            .handledBy(context -> Json.answer(context, users.list())),
        Route.post("/api/v1/users")
            .access(Access.ADMIN)
            .summary("Adds a user")
            .takes(UserRequest.class)
            .gives(User.class)
            .handledBy(this::create),
        Route.put("/api/v1/users/{name}")
            .access(Access.ADMIN)
            .summary("Changes a user's role, services or password and ends their sessions")
            .takes(UserChangeRequest.class)
            .gives(User.class)
            .handledBy(this::change),
        Route.delete("/api/v1/users/{name}")
            .access(Access.ADMIN)
            .summary("Removes a user and ends their sessions")
            .handledBy(this::delete),
        Route.get("/api/v1/account-changes")
            .access(Access.ADMIN)
            .summary(
                "Lists who signed in or was refused, and what was done to accounts, newest first")
            .query("limit", "integer", "Changes to return, 1 to " + MAX_CHANGES)
            .gives(Types.listOf(AccountChange.class))
            .handledBy(context -> Json.answer(context, log.newest(limit(context)))));
  }

  private static int limit(Context context) {
    return (int) Query.integer(context, "limit", DEFAULT_CHANGES, 1, MAX_CHANGES);
  }

  private void create(Context context) {
    UserRequest request = Json.body(context, UserRequest.class);
    User user =
        users.create(request.name(), request.role(), request.services(), request.password());
    log.record(Callers.name(context), "user.create", user.name(), rights(user));
    Json.answer(context, user);
  }

  private void change(Context context) {
    UserChangeRequest request = Json.body(context, UserChangeRequest.class);
    String name = context.pathParam("name");
    User user = users.change(name, request.role(), request.services(), request.password());
    String password = request.password() == null ? "" : ", new password";
    log.record(Callers.name(context), "user.change", name, rights(user) + password);
    Json.answer(context, user);
  }

  private void delete(Context context) {
    String name = context.pathParam("name");
    users.delete(name);
    log.record(Callers.name(context), "user.remove", name, "");
    context.status(204);
  }

  private static String rights(User user) {
    return Scope.words(user.role(), user.services());
  }
}
