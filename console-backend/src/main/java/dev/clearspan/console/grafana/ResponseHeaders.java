package dev.clearspan.console.grafana;

import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;

/**
 * What of Grafana's answer the browser gets: who may embed is ours to say, and nothing in it
 * reaches beyond this origin to the host's other ports.
 */
final class ResponseHeaders {
  private static final Set<String> DROPPED =
      Set.of(
          "access-control-allow-credentials",
          "access-control-allow-origin",
          "alt-svc",
          "clear-site-data",
          "public-key-pins",
          "refresh",
          "server",
          "strict-transport-security",
          "via",
          "x-frame-options",
          "x-jwt-assertion",
          "x-powered-by");

  private static final String CSP = "Content-Security-Policy";
  private static final String ANCESTORS = "frame-ancestors";

  private ResponseHeaders() {}

  /**
   * Changes Grafana's headers to ours.
   *
   * @param embedders origins whose pages may show the answer in a frame
   * @param cacheable whether the answer is the same for everyone
   */
  static void adapt(HttpFields.Mutable headers, List<String> embedders, boolean cacheable) {
    List<String> policies = headers.getValuesList(CSP);
    for (Iterator<HttpField> fields = headers.iterator(); fields.hasNext(); ) {
      if (isDropped(fields.next())) {
        fields.remove();
      }
    }
    headers.remove(CSP);
    policies.stream()
        .map(ResponseHeaders::withoutAncestors)
        .filter(policy -> !policy.isEmpty())
        .forEach(policy -> headers.add(CSP, policy));
    headers.add(CSP, ancestors(embedders));
    headers.put("X-Content-Type-Options", "nosniff");
    if (!cacheable) {
      headers.put(HttpHeader.CACHE_CONTROL, "no-store");
      headers.remove(HttpHeader.EXPIRES);
      headers.remove(HttpHeader.PRAGMA);
    }
  }

  private static boolean isDropped(HttpField field) {
    return DROPPED.contains(field.getLowerCaseName())
        || field.getHeader() == HttpHeader.SET_COOKIE
            && !Cookies.mayBeSet(String.valueOf(field.getValue()));
  }

  /** The rule that lets only these origins embed. */
  static String ancestors(List<String> embedders) {
    return ANCESTORS + " " + String.join(" ", embedders);
  }

  private static String withoutAncestors(String policy) {
    return Arrays.stream(policy.split(";"))
        .map(String::strip)
        .filter(rule -> !rule.isEmpty() && !isAncestors(rule))
        .collect(Collectors.joining("; "));
  }

  private static boolean isAncestors(String rule) {
    return rule.toLowerCase(Locale.ROOT).split("\\s", 2)[0].equals(ANCESTORS);
  }
}
