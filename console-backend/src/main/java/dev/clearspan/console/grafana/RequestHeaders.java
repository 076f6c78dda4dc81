package dev.clearspan.console.grafana;

import java.util.Arrays;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;

/**
 * What of a browser's headers Grafana gets: nothing that claims who someone is, where they come
 * from or which path is meant, and nothing that is for this connection only.
 */
final class RequestHeaders {
  private static final Set<String> HOP_BY_HOP =
      Set.of(
          "connection",
          "keep-alive",
          "proxy-authenticate",
          "proxy-authorization",
          "proxy-connection",
          "te",
          "trailer",
          "transfer-encoding",
          "upgrade");

  private static final Set<String> CLAIMS =
      Set.of(
          "authorization",
          "cf-connecting-ip",
          "client-ip",
          "forwarded",
          "remote-user",
          "true-client-ip",
          "via",
          "x-access-token",
          "x-client-ip",
          "x-cluster-client-ip",
          "x-csrf-token",
          "x-grafana-id",
          "x-http-method-override",
          "x-id-token",
          "x-jwt-assertion",
          "x-method-override",
          "x-original-url",
          "x-real-ip",
          "x-remote-user",
          "x-rewrite-url",
          "x-user");

  private static final Set<String> CLAIM_FAMILIES = Set.of("x-webauth-", "x-forwarded-");
  private static final String WEB_SOCKET = "sec-websocket-";

  private RequestHeaders() {}

  /** The headers that are passed on, the remaining cookies among them. */
  static HttpFields passedOn(HttpFields received) {
    Set<String> named = namedByConnection(received);
    HttpFields.Mutable passed = HttpFields.build();
    for (HttpField field : received) {
      String name = comparable(field);
      boolean dropped =
          HOP_BY_HOP.contains(name)
              || named.contains(name)
              || CLAIMS.contains(name)
              || CLAIM_FAMILIES.stream().anyMatch(name::startsWith)
              || name.startsWith(WEB_SOCKET)
              || field.getHeader() == HttpHeader.COOKIE;
      if (!dropped) {
        passed.add(field);
      }
    }
    String cookies = Cookies.passedOn(received);
    if (!cookies.isEmpty()) {
      passed.put(HttpHeader.COOKIE, cookies);
    }
    return passed;
  }

  /** Some servers take X_Real_IP for X-Real-IP. */
  private static String comparable(HttpField field) {
    return field.getLowerCaseName().replace('_', '-');
  }

  /** Host stays even if Connection names it: without it the request has no address. */
  private static Set<String> namedByConnection(HttpFields received) {
    return received.getValuesList(HttpHeader.CONNECTION).stream()
        .flatMap(value -> Arrays.stream(value.split(",")))
        .map(name -> name.strip().toLowerCase(Locale.ROOT).replace('_', '-'))
        .filter(name -> !name.equals("host"))
        .collect(Collectors.toUnmodifiableSet());
  }
}
