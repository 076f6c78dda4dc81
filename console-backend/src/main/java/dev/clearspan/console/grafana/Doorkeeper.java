package dev.clearspan.console.grafana;

import dev.clearspan.console.identity.ActiveSession;
import dev.clearspan.console.web.SessionName;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.server.Request;
import org.jspecify.annotations.Nullable;

/** Looks at each request before anything of it is passed on. Thread-safe. */
final class Doorkeeper {
  private static final Set<String> METHODS =
      Set.of("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS");
  private static final Set<String> READS = Set.of("GET", "HEAD");
  private static final Set<String> OWN_SITE = Set.of("same-origin", "none");

  private final Site site;
  private final Upstream upstream;
  private final ConsoleAddress console;
  private final Function<String, Optional<ActiveSession>> sessions;

  /**
   * @param sessions finds the session of a cookie's value, if it still runs
   */
  Doorkeeper(
      Site site,
      Upstream upstream,
      ConsoleAddress console,
      Function<String, Optional<ActiveSession>> sessions) {
    this.site = site;
    this.upstream = upstream;
    this.console = console;
    this.sessions = sessions;
  }

  /**
   * Lets a request in.
   *
   * @return empty if nobody is signed in
   * @throws Refusal if it must not be passed on, whoever sends it
   */
  Optional<Passage> admit(Request request) throws Refusal {
    HttpFields headers = request.getHeaders();
    String host = String.valueOf(single(headers, HttpHeader.HOST));
    site.checkHost(host);
    checkMethod(request.getMethod());
    String path = Canonical.path(String.valueOf(request.getHttpURI().getPath()));
    String query = request.getHttpURI().getQuery();
    String target = query == null ? path : path + "?" + Canonical.query(query);
    String origin = site.origin(host);
    checkOrigin(request, origin);
    if (!upstream.has(path) && !path.equals("/")) {
      throw new Refusal(
          404,
          "Not Grafana's",
          "Grafana is served under " + upstream.prefix() + "/ (expected: a path that begins so)");
    }
    return session(headers)
        .map(found -> new Passage(found, path, target, host, origin, caller(request)));
  }

  /** Whether a browser asks for a WebSocket. */
  static boolean isWebSocket(Request request) {
    String upgrade = request.getHeaders().get(HttpHeader.UPGRADE);
    return upgrade != null && upgrade.toLowerCase(Locale.ROOT).contains("websocket");
  }

  private static void checkMethod(String method) throws Refusal {
    if (!METHODS.contains(method)) {
      throw new Refusal(
          405,
          "Method not allowed",
          "The method is not passed on (expected: one of " + METHODS + ")");
    }
  }

  private static void checkOrigin(Request request, String own) throws Refusal {
    HttpFields headers = request.getHeaders();
    String origin = single(headers, HttpHeader.ORIGIN);
    String site = headers.get("Sec-Fetch-Site");
    if (isWebSocket(request)) {
      if (!own.equals(origin)) {
        throw Refusal.forbidden("Origin: " + origin + " (expected: " + own + " for a WebSocket)");
      }
    } else if (!READS.contains(request.getMethod())
        && (origin != null && !origin.equals(own) || site != null && !OWN_SITE.contains(site))) {
      throw Refusal.forbidden("Origin: " + origin + " (expected: pages of " + own + ")");
    }
  }

  private static @Nullable String single(HttpFields headers, HttpHeader name) throws Refusal {
    String found = null;
    for (HttpField field : headers) {
      if (field.getHeader() == name) {
        if (found != null) {
          throw Refusal.malformed(name + " is there twice (expected: once)");
        }
        found = field.getValue();
      }
    }
    return found;
  }

  private Optional<ActiveSession> session(HttpFields headers) {
    return Cookies.value(headers, SessionName.of(console.https()))
        .filter(value -> !value.isEmpty())
        .flatMap(sessions);
  }

  private String caller(Request request) {
    return console
        .proxies()
        .caller(
            Request.getRemoteAddr(request), request.getHeaders().get(HttpHeader.X_FORWARDED_FOR));
  }
}
