package dev.clearspan.rpc.internal.http1;

import dev.clearspan.rpc.Limits;
import dev.clearspan.rpc.internal.netty.ServerSocketListener;
import dev.clearspan.rpc.server.ServerScope;
import io.netty.channel.ChannelPipeline;
import io.netty.handler.codec.http.HttpDecoderConfig;
import io.netty.handler.codec.http.HttpServerCodec;
import java.util.function.Consumer;

/** Sets up connections that speak HTTP/1.1. */
public final class HttpGateway implements Consumer<ChannelPipeline> {
  private final ServerScope scope;
  private final ServerSocketListener listener;
  private final HttpRoutes routes;

  /** Answers by these routes. */
  public HttpGateway(ServerScope scope, ServerSocketListener listener, HttpRoutes routes) {
    this.scope = scope;
    this.listener = listener;
    this.routes = routes;
  }

  @Override
  public void accept(ChannelPipeline pipeline) {
    pipeline.addLast(new RequestClock(scope.limits().handshake()));
    pipeline.addLast(new HttpServerCodec(decoding(scope.limits())));
    pipeline.addLast(new BodyLimit(scope.limits().messageBytes()));
    pipeline.addLast(new HttpConnection(listener, routes));
  }

  /** How much of a request's head is decoded. */
  static HttpDecoderConfig decoding(Limits limits) {
    return new HttpDecoderConfig()
        .setMaxInitialLineLength(limits.uriBytes())
        .setMaxHeaderSize(limits.headerBytes());
  }
}
