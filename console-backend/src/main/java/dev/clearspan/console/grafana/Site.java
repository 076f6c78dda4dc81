package dev.clearspan.console.grafana;

import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.IntSupplier;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The addresses under which browsers know the console and its second port. Both have the same host
 * name, so that the cookie reaches both, and are different origins. Thread-safe.
 */
final class Site {
  private static final Set<String> LOCAL = Set.of("localhost", "127.0.0.1", "[::1]");
  private static final Pattern PORT = Pattern.compile(":\\d+$");
  private static final Pattern HOST =
      Pattern.compile("([A-Za-z0-9._-]+|\\[[0-9A-Fa-f:.]+])(:\\d{1,5})?");

  private final ConsoleAddress console;
  private final IntSupplier port;
  private final Supplier<@Nullable URI> publicUrl;

  /**
   * @param port the second port
   * @param publicUrl where browsers reach the second port, when a proxy stands before it; gives
   *     null: directly
   */
  Site(ConsoleAddress console, IntSupplier port, Supplier<@Nullable URI> publicUrl) {
    this.console = console;
    this.port = port;
    this.publicUrl = publicUrl;
  }

  /** Refuses requests to a host name that is not ours (DNS rebinding). */
  void checkHost(@Nullable String host) throws Refusal {
    if (host == null || !HOST.matcher(host).matches()) {
      throw Refusal.malformed("Host is missing or malformed (expected: one host name and port)");
    }
    boolean ours = !console.loopbackOnly() || isPublic(host) || LOCAL.contains(name(host));
    if (!ours) {
      throw new Refusal(
          421,
          "Misdirected request",
          "Host: "
              + name(host)
              + " (expected: localhost; for another name set CLEARSPAN_PUBLIC_URL)");
    }
  }

  /** Our own origin as the browser that sent this host sees it. */
  String origin(String host) {
    URI known = publicUrl.get();
    return known != null && host.equalsIgnoreCase(known.getAuthority())
        ? origin(known)
        : console.directScheme() + "://" + host;
  }

  /** Origins of the console's pages, which alone may embed ours. */
  List<String> consoleOrigins(String host) {
    List<String> origins = new ArrayList<>();
    if (console.publicUrl() != null) {
      origins.add(origin(console.publicUrl()));
    }
    String direct = console.directScheme() + "://" + name(host) + ":" + console.port().getAsInt();
    if (!origins.contains(direct)) {
      origins.add(direct);
    }
    return origins;
  }

  /** Our origin for a page of the console at that host; {@code 'none'} if a CSP cannot name it. */
  String offeredTo(String consoleHost) {
    URI known = publicUrl.get();
    if (known != null && name(consoleHost).equalsIgnoreCase(known.getHost())) {
      return origin(known);
    }
    boolean sayable = HOST.matcher(consoleHost).matches() && !consoleHost.startsWith("[");
    return sayable
        ? console.directScheme() + "://" + name(consoleHost) + ":" + port.getAsInt()
        : "'none'";
  }

  /** Where to sign in. */
  String consoleUrl(String host) {
    return consoleOrigins(host).get(0) + "/";
  }

  private boolean isPublic(String host) {
    URI known = publicUrl.get();
    return known != null && host.equalsIgnoreCase(known.getAuthority());
  }

  private static String name(String host) {
    return PORT.matcher(host).replaceFirst("").toLowerCase(Locale.ROOT);
  }

  private static String origin(URI uri) {
    return uri.getScheme() + "://" + uri.getAuthority();
  }
}
