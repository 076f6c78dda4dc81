package dev.clearspan.console.grafana;

import dev.clearspan.console.web.SessionName;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;

/**
 * Cookies on their way between browser and Grafana. Browsers keep them by host, not by port: ours
 * come along and must not reach Grafana, and Grafana must not set ours.
 */
final class Cookies {
  private static final String OWN = SessionName.of(false);

  private Cookies() {}

  /** The value of a cookie; the first one if there are several. */
  static Optional<String> value(HttpFields headers, String name) {
    return pairs(headers)
        .filter(pair -> name(pair).equals(name))
        .map(pair -> pair.substring(pair.indexOf('=') + 1).strip())
        .findFirst();
  }

  /** What remains for Grafana; empty if nothing does. */
  static String passedOn(HttpFields headers) {
    List<String> kept = pairs(headers).filter(pair -> !isKept(name(pair))).toList();
    return String.join("; ", kept);
  }

  /** Whether Grafana may set this cookie. */
  static boolean mayBeSet(String setCookie) {
    return !isKept(name(setCookie.split(";", 2)[0]));
  }

  private static Stream<String> pairs(HttpFields headers) {
    return headers.getValuesList(HttpHeader.COOKIE).stream()
        .flatMap(line -> Arrays.stream(line.split(";")))
        .map(String::strip)
        .filter(pair -> !pair.isEmpty());
  }

  private static String name(String pair) {
    int equals = pair.indexOf('=');
    return (equals < 0 ? pair : pair.substring(0, equals)).strip();
  }

  /**
   * Our session under each of its names, and Grafana's own: a stale one beside our token makes its
   * pages reload without end.
   */
  private static boolean isKept(String name) {
    String plain = name.toLowerCase(Locale.ROOT).replaceFirst("^__(host|secure)-", "");
    return plain.equals(OWN) || plain.startsWith("grafana_session");
  }
}
