package dev.clearspan.rpc.internal.http1;

import dev.clearspan.rpc.internal.netty.ServerSocketListener;
import dev.clearspan.rpc.server.ServerScope;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.FullHttpResponse;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * What a server answers to HTTP requests that are no gRPC, in whatever version of HTTP they came:
 * pages and calls of the Connect protocol. Thread-safe.
 */
public final class HttpRoutes {
  private final ServerScope scope;
  private final ServerSocketListener listener;
  private final Pages pages;
  private final OriginRule origins;

  /**
   * Routes of a server.
   *
   * @param notReady tells why the server is not ready; empty: it is
   * @param origins those whose pages may call
   */
  public HttpRoutes(
      ServerScope scope,
      ServerSocketListener listener,
      Supplier<String> notReady,
      Set<String> origins) {
    this.scope = scope;
    this.listener = listener;
    this.pages = new Pages(scope, notReady);
    this.origins = new OriginRule(origins);
  }

  /**
   * Answers a request on its connection's loop.
   *
   * @param out hears the reply once, on any thread
   * @return gives the request up, on the loop, when its client is gone
   */
  public Runnable answer(
      ChannelHandlerContext ctx, FullHttpRequest request, Consumer<FullHttpResponse> out) {
    String path = HttpReply.path(request.uri());
    FullHttpResponse page = pages.at(path, request);
    if (page != null) {
      out.accept(page);
      return () -> {};
    }
    ConnectCalls call = new ConnectCalls(scope, listener, origins);
    call.handle(path.substring(1), ctx, request, out);
    return call::cancel;
  }
}
