package dev.clearspan.console.grafana.standin;

import com.fasterxml.jackson.databind.JsonNode;
import dev.clearspan.console.web.SessionName;
import io.javalin.Javalin;
import io.javalin.http.Context;
import io.javalin.http.HandlerType;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/**
 * Stands in for a Grafana with {@code [auth.jwt]} and {@code role_attribute_strict}, {@code
 * enforce_domain}, {@code allow_embedding = false}, the check of origins on every change ({@code
 * csrf_always_check}), and Grafana Live with its own check of the origin
 * (https://grafana.com/docs/grafana/latest/setup-grafana/configure-grafana/). Like Grafana it has a
 * server admin named {@code admin} from its start. What never should have reached it is noted.
 */
final class StrictGrafana implements AutoCloseable {
  private static final Set<HandlerType> SAFE =
      Set.of(HandlerType.GET, HandlerType.HEAD, HandlerType.OPTIONS);
  private static final List<String> ROLES = List.of("Viewer", "Editor", "Admin");

  private final Map<String, User> users = new ConcurrentHashMap<>();
  private final List<String> violations = new CopyOnWriteArrayList<>();
  private final Javalin server;
  private volatile @Nullable URI rootUrl;
  private volatile @Nullable JwtCheck tokens;

  /** An account, found by its login or made at the first visit. */
  record User(String login, String orgRole, boolean isGrafanaAdmin) {}

  StrictGrafana() {
    users.put("admin", new User("admin", "Admin", true));
    server =
        Javalin.create(
            javalin -> {
              javalin.startup.showJavalinBanner = false;
              javalin.startup.startupWatcherEnabled = false;
              javalin.routes.before(this::look);
              javalin.routes.get(
                  "/api/health", it -> it.json(Map.of("database", "ok", "version", "12.3.0")));
              javalin.routes.get("/login", it -> it.html("<form>Grafana's own sign-in</form>"));
              javalin.routes.get("/api/user", it -> it.json(user(it)));
              javalin.routes.get(
                  "/d/<path>", it -> it.html("<p>dashboard of " + user(it).login() + "</p>"));
              javalin.routes.post(
                  "/api/ds/query", it -> it.json(Map.of("results", Map.of("asked", it.body()))));
              javalin.routes.get("/admin/<path>", it -> it.html("the server admin's pages"));
              javalin.routes.ws(
                  "/api/live/ws",
                  socket -> {
                    socket.onConnect(it -> it.send("welcome"));
                    socket.onMessage(it -> it.send("echo " + it.message()));
                  });
            });
    server.start("127.0.0.1", 0);
  }

  URI url() {
    return URI.create("http://127.0.0.1:" + server.port());
  }

  /** Its {@code root_url} and the keys it believes, which Grafana reads when it starts. */
  void configure(URI root, JwtCheck check) {
    rootUrl = root;
    tokens = check;
  }

  List<String> violations() {
    return violations;
  }

  private void look(Context context) {
    context.header("X-Frame-Options", "deny");
    context.header("Cache-Control", "no-store");
    noteWhatIsNotOurs(context);
    URI root = rootUrl;
    if (root == null || context.path().equals("/api/health") || context.path().equals("/login")) {
      return;
    }
    if (!root.getAuthority().equals(context.header("Host"))) {
      violations.add("Host: " + context.header("Host") + " (enforce_domain)");
    }
    String origin = context.header("Origin");
    String own = root.getScheme() + "://" + root.getAuthority();
    boolean asksForOrigin =
        !SAFE.contains(context.method()) || context.path().startsWith("/api/live/");
    if (asksForOrigin && origin != null && !origin.equals(own)) {
      context.status(403).result("origin not allowed").skipRemainingHandlers();
    } else if (signIn(context).isEmpty()) {
      refuse(context);
    }
  }

  private void noteWhatIsNotOurs(Context context) {
    for (String header :
        List.of(
            "Authorization",
            "X-WEBAUTH-USER",
            "X-WEBAUTH-ROLE",
            "X-Grafana-Id",
            "Proxy-Authorization",
            "TE")) {
      if (context.header(header) != null) {
        violations.add(header + ": " + context.header(header));
      }
    }
    for (String cookie : context.cookieMap().keySet()) {
      if (cookie.equals(SessionName.of(false))
          || cookie.equals(SessionName.of(true))
          || cookie.startsWith("grafana_session")) {
        violations.add("cookie " + cookie);
      }
    }
  }

  private static void refuse(Context context) {
    if (context.path().startsWith("/api/")) {
      context.status(401).json(Map.of("message", "Unauthorized"));
    } else {
      context.redirect("/login");
    }
    context.skipRemainingHandlers();
  }

  /** Who the token names; an unknown login becomes an account ({@code auto_sign_up}). */
  private Optional<User> signIn(Context context) {
    String token = context.header("X-JWT-Assertion");
    JwtCheck check = tokens;
    if (token == null || check == null) {
      return Optional.empty();
    }
    Optional<User> found =
        check
            .claims(token)
            .filter(claims -> ROLES.contains(claims.path("role").asText()))
            .map(this::account);
    found.ifPresent(user -> context.attribute("user", user));
    return found;
  }

  private User account(JsonNode claims) {
    String login = claims.path("login").asText();
    return users.merge(
        login,
        new User(login, claims.path("role").asText(), false),
        (known, now) -> new User(login, now.orgRole(), known.isGrafanaAdmin()));
  }

  private static User user(Context context) {
    User user = context.attribute("user");
    if (user == null) {
      throw new IllegalStateException("nobody is signed in");
    }
    return user;
  }

  @Override
  public void close() {
    server.stop();
  }
}
