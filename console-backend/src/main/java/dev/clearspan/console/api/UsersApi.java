package dev.clearspan.console.api;

import dev.clearspan.console.identity.Role;
import dev.clearspan.console.identity.User;
import dev.clearspan.console.identity.Users;
import dev.clearspan.console.web.Access;
import dev.clearspan.console.web.Api;
import dev.clearspan.console.web.Json;
import dev.clearspan.console.web.Route;
import dev.clearspan.console.web.Types;
import io.javalin.http.Context;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** People with a password. */
final class UsersApi implements Api {
  private static final Logger LOG = LoggerFactory.getLogger(UsersApi.class);

  private final Users users;

  UsersApi(Users users) {
    this.users = users;
  }

  record UserRequest(@Nullable String name, @Nullable Role role, @Nullable String password) {}

  /** What is left out stays. */
  record UserChangeRequest(@Nullable Role role, @Nullable String password) {}

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
            .summary("Changes a user's role or password and ends their sessions")
            .takes(UserChangeRequest.class)
            .gives(User.class)
            .handledBy(this::change),
        Route.delete("/api/v1/users/{name}")
            .access(Access.ADMIN)
            .summary("Removes a user and ends their sessions")
            .handledBy(this::delete));
  }

  private void create(Context context) {
    UserRequest request = Json.body(context, UserRequest.class);
    User user = users.create(request.name(), request.role(), request.password());
    LOG.info("{} added user {} ({})", Callers.name(context), user.name(), user.role().word());
    Json.answer(context, user);
  }

  private void change(Context context) {
    UserChangeRequest request = Json.body(context, UserChangeRequest.class);
    User user = users.change(context.pathParam("name"), request.role(), request.password());
    LOG.info("{} changed user {} ({})", Callers.name(context), user.name(), user.role().word());
    Json.answer(context, user);
  }

  private void delete(Context context) {
    String name = context.pathParam("name");
    users.delete(name);
    LOG.info("{} removed user {}", Callers.name(context), name);
    context.status(204);
  }
}
