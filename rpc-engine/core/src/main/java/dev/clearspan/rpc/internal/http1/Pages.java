package dev.clearspan.rpc.internal.http1;

import dev.clearspan.rpc.ledger.CallLedger.MetricsPage;
import dev.clearspan.rpc.server.ServerScope;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpResponseStatus;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** What every HTTP port of a server shows: health, readiness, metrics. Thread-safe. */
final class Pages {
  static final String PATHS = "/healthz, /readyz, /metrics";

  private final ServerScope scope;
  private final Supplier<String> notReady;

  /** {@code notReady} tells why the server is not; empty: it is. */
  Pages(ServerScope scope, Supplier<String> notReady) {
    this.scope = scope;
    this.notReady = notReady;
  }

  /** The page at this path; null if there is none. */
  @Nullable FullHttpResponse at(String path, FullHttpRequest request) {
    return switch (path) {
      case "/healthz" -> shown(request, HttpReply.text(HttpResponseStatus.OK, "ok"));
      case "/readyz" -> shown(request, readiness());
      case "/metrics" -> shown(request, metrics(request));
      default -> null;
    };
  }

  private static FullHttpResponse shown(FullHttpRequest request, FullHttpResponse page) {
    if (request.method().equals(HttpMethod.GET) || request.method().equals(HttpMethod.HEAD)) {
      return page;
    }
    page.release();
    return HttpReply.notAllowed("GET, HEAD");
  }

  private FullHttpResponse readiness() {
    String reason = notReady.get();
    return reason.isEmpty()
        ? HttpReply.text(HttpResponseStatus.OK, "ready")
        : HttpReply.text(HttpResponseStatus.SERVICE_UNAVAILABLE, reason);
  }

  private FullHttpResponse metrics(FullHttpRequest request) {
    MetricsPage page = scope.ledger().metricsPage(request.headers().get(HttpHeaderNames.ACCEPT));
    return HttpReply.of(HttpResponseStatus.OK, page.contentType(), page.body());
  }
}
