package dev.clearspan.console.grafana;

import dev.clearspan.console.identity.ActiveSession;
import java.util.Objects;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.server.Request;

/**
 * A request that may go on to Grafana.
 *
 * @param session whose it is
 * @param path canonical
 * @param target canonical path and query
 * @param host as the browser sent it
 * @param origin ours, as the browser knows it
 * @param caller address of the browser
 */
record Passage(
    ActiveSession session, String path, String target, String host, String origin, String caller) {
  private static final String ATTRIBUTE = Passage.class.getName();

  void attachTo(Request request) {
    request.setAttribute(ATTRIBUTE, this);
  }

  static Passage of(Request request) {
    return (Passage) Objects.requireNonNull(request.getAttribute(ATTRIBUTE));
  }

  /** All headers that Grafana gets for this request. */
  HttpFields headers(HttpFields received, IdentityToken identity) {
    HttpFields.Mutable headers = HttpFields.build(RequestHeaders.passedOn(received));
    headers.put(HttpHeader.X_FORWARDED_FOR, caller);
    headers.put(HttpHeader.X_FORWARDED_HOST, host);
    headers.put(HttpHeader.X_FORWARDED_PROTO, origin.substring(0, origin.indexOf(':')));
    headers.put(IdentityToken.HEADER, identity.of(session));
    return headers;
  }
}
