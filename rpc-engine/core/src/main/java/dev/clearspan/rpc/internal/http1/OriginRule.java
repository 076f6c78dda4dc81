package dev.clearspan.rpc.internal.http1;

import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Which web pages may call (fetch.spec.whatwg.org, "CORS protocol"). A browser names the page's
 * origin; programs name none and are always let through.
 */
record OriginRule(Set<String> allowed) {
  // How long a browser may remember the answer: two hours, the most that all of them accept.
  private static final int REMEMBER_SECONDS = 7200;

  boolean refuses(@Nullable String origin) {
    return origin != null && !allowed.contains(origin);
  }

  /** Tells the browser that the page may send such requests and read the reply. */
  void admit(FullHttpRequest request, HttpHeaders reply) {
    String origin = request.headers().get(HttpHeaderNames.ORIGIN);
    if (origin == null || !allowed.contains(origin)) {
      return;
    }
    Set<String> readable = new TreeSet<>(reply.names());
    reply.set(HttpHeaderNames.ACCESS_CONTROL_ALLOW_ORIGIN, origin);
    reply.add(HttpHeaderNames.VARY, HttpHeaderNames.ORIGIN);
    reply.set(HttpHeaderNames.ACCESS_CONTROL_EXPOSE_HEADERS, String.join(", ", readable));
    if (request.headers().contains(HttpHeaderNames.ACCESS_CONTROL_REQUEST_METHOD)) {
      preflight(request.headers(), reply);
    }
  }

  private static void preflight(HttpHeaders asked, HttpHeaders reply) {
    reply.set(HttpHeaderNames.ACCESS_CONTROL_ALLOW_METHODS, "GET, POST");
    reply.set(HttpHeaderNames.ACCESS_CONTROL_MAX_AGE, REMEMBER_SECONDS);
    // Any header is metadata, so any may be sent.
    String wanted = asked.get(HttpHeaderNames.ACCESS_CONTROL_REQUEST_HEADERS);
    if (wanted != null) {
      reply.set(HttpHeaderNames.ACCESS_CONTROL_ALLOW_HEADERS, wanted);
    }
  }
}
