package dev.clearspan.rpc.internal.http1;

import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Which web pages may call. A browser names the page's origin; programs name none and are always
 * let through.
 */
record OriginRule(Set<String> allowed) {
  boolean refuses(@Nullable String origin) {
    return origin != null && !allowed.contains(origin);
  }

  /** Tells the browser that the page may read the reply. */
  void admit(@Nullable String origin, HttpHeaders reply) {
    if (origin != null && allowed.contains(origin)) {
      reply.set(HttpHeaderNames.ACCESS_CONTROL_ALLOW_ORIGIN, origin);
      reply.set(HttpHeaderNames.VARY, "Origin");
      reply.set(HttpHeaderNames.ACCESS_CONTROL_ALLOW_METHODS, "POST");
      reply.set(
          HttpHeaderNames.ACCESS_CONTROL_ALLOW_HEADERS,
          "content-type, connect-protocol-version, connect-timeout-ms, traceparent");
      reply.set(HttpHeaderNames.ACCESS_CONTROL_EXPOSE_HEADERS, ConnectExchange.TRACE_ID);
    }
  }
}
