package dev.clearspan.console.api;

import dev.clearspan.console.problem.ProblemException;
import io.javalin.http.Context;
import java.net.URI;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Tells our own pages' requests from those that other sites make browsers send. */
final class Origins {
  private static final Set<String> LOCAL = Set.of("localhost", "127.0.0.1", "[::1]");

  private final @Nullable String publicOrigin;
  private final boolean loopbackOnly;
  private final String direct;

  /** On loopback any other host name in a request is a trick (DNS rebinding). */
  Origins(Listen listen) {
    URI publicUrl = listen.publicUrl();
    this.publicOrigin =
        publicUrl == null ? null : publicUrl.getScheme() + "://" + publicUrl.getAuthority();
    this.loopbackOnly = listen.loopbackOnly();
    this.direct = listen.directScheme() + "://";
  }

  /** Refuses requests to a host name that is not ours. */
  void checkHost(Context context) {
    String host = context.header("Host");
    if (host == null || !loopbackOnly || isPublicHost(host)) {
      return;
    }
    String name = host.replaceFirst(":\\d+$", "").toLowerCase(Locale.ROOT);
    if (!LOCAL.contains(name)) {
      throw ProblemException.status(
          421,
          "Misdirected Request",
          "Host: " + name + " (expected: localhost; for another name set CLEARSPAN_PUBLIC_URL)");
    }
  }

  private boolean isPublicHost(String host) {
    return publicOrigin != null && publicOrigin.endsWith("://" + host);
  }

  /** Refuses changes that another site's page asks for. */
  void checkOrigin(Context context) {
    String origin = context.header("Origin");
    boolean foreign = origin != null && !isOurs(origin, context);
    if (foreign || "cross-site".equals(context.header("Sec-Fetch-Site"))) {
      throw ProblemException.forbidden(
          "Origin: " + origin + " (expected: the console's own pages)");
    }
  }

  private boolean isOurs(String origin, Context context) {
    return origin.equals(publicOrigin) || origin.equals(direct + context.header("Host"));
  }
}
