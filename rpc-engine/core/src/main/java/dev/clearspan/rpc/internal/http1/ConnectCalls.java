package dev.clearspan.rpc.internal.http1;

import dev.clearspan.rpc.Status;
import dev.clearspan.rpc.internal.http1.ConnectRequest.Unusable;
import dev.clearspan.rpc.internal.netty.ServerSocketListener;
import dev.clearspan.rpc.server.ServedMethod;
import dev.clearspan.rpc.server.ServerScope;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpResponseStatus;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Unary calls of the Connect protocol on one connection: POST to "/package.Service/Method", or GET
 * for methods without side effects. At most one at a time. Loop-confined.
 */
final class ConnectCalls {
  private final ServerScope scope;
  private final ServerSocketListener listener;
  private final OriginRule origins;
  private @Nullable ConnectCall current;

  ConnectCalls(ServerScope scope, ServerSocketListener listener, OriginRule origins) {
    this.scope = scope;
    this.listener = listener;
    this.origins = origins;
  }

  /** Answers the request through {@code out}, on any thread, once. */
  void handle(
      String method,
      ChannelHandlerContext ctx,
      FullHttpRequest request,
      Consumer<FullHttpResponse> out) {
    String origin = request.headers().get(HttpHeaderNames.ORIGIN);
    if (origins.refuses(origin)) {
      String text = "origin " + origin + " may not call here";
      out.accept(ConnectError.reply(Status.of(Status.Code.PERMISSION_DENIED, text)));
      return;
    }
    Consumer<FullHttpResponse> reply =
        response -> {
          origins.admit(request, response.headers());
          out.accept(response);
        };
    try {
      route(method, ctx, request, reply);
    } catch (Unusable e) {
      reply.accept(e.answer());
    }
  }

  /** The client is gone. */
  void cancel() {
    if (current != null) {
      current.cancel();
    }
  }

  private void route(
      String name,
      ChannelHandlerContext ctx,
      FullHttpRequest request,
      Consumer<FullHttpResponse> reply)
      throws Unusable {
    HttpMethod verb = request.method();
    ServedMethod<?, ?> method = scope.methods().find(name);
    if (verb.equals(HttpMethod.OPTIONS)) {
      reply.accept(HttpReply.allows(verbs(method)));
    } else if (name.indexOf('/') < 1) {
      reply.accept(notFound(name));
    } else if (verb.equals(HttpMethod.POST)) {
      call(name, method, ctx, request, ConnectRequest.ofPost(request), reply);
    } else if (isReading(verb) && (method == null || method.isSideEffectFree())) {
      call(name, method, ctx, request, ConnectRequest.ofGet(request), reply);
    } else {
      reply.accept(HttpReply.notAllowed(verbs(method)));
    }
  }

  private void call(
      String name,
      @Nullable ServedMethod<?, ?> method,
      ChannelHandlerContext ctx,
      FullHttpRequest http,
      ConnectRequest request,
      Consumer<FullHttpResponse> reply) {
    ConnectCall call = new ConnectCall(scope, ctx, http, request, name, reply);
    current = call;
    if (method == null) {
      call.turnAway(scope.methods().missing(name));
    } else if (listener.isDraining()) {
      call.refuseDraining();
    } else {
      call.admit(method);
    }
  }

  private static boolean isReading(HttpMethod verb) {
    return verb.equals(HttpMethod.GET) || verb.equals(HttpMethod.HEAD);
  }

  private static String verbs(@Nullable ServedMethod<?, ?> method) {
    return method != null && method.isSideEffectFree()
        ? "GET, HEAD, POST, OPTIONS"
        : "POST, OPTIONS";
  }

  private static FullHttpResponse notFound(String path) {
    return HttpReply.text(
        HttpResponseStatus.NOT_FOUND,
        "nothing at /" + path + " (expected: POST /package.Service/Method, " + Pages.PATHS + ")");
  }
}
