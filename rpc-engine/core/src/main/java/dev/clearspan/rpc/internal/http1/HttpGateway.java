package dev.clearspan.rpc.internal.http1;

import dev.clearspan.rpc.internal.netty.ServerSocketListener;
import dev.clearspan.rpc.server.ServerScope;
import io.netty.channel.ChannelPipeline;
import io.netty.handler.codec.http.HttpDecoderConfig;
import io.netty.handler.codec.http.HttpObjectAggregator;
import io.netty.handler.codec.http.HttpServerCodec;
import java.util.Set;
import java.util.function.Consumer;

/** Sets up connections that speak HTTP/1.1. */
public final class HttpGateway implements Consumer<ChannelPipeline> {
  private final ServerScope scope;
  private final ServerSocketListener listener;
  private final Set<String> origins;

  /** {@code origins} are those whose pages may call. */
  public HttpGateway(ServerScope scope, ServerSocketListener listener, Set<String> origins) {
    this.scope = scope;
    this.listener = listener;
    this.origins = origins;
  }

  @Override
  public void accept(ChannelPipeline pipeline) {
    HttpDecoderConfig config =
        new HttpDecoderConfig()
            .setMaxInitialLineLength(scope.limits().uriBytes())
            .setMaxHeaderSize(scope.limits().headerBytes());
    pipeline.addLast(new RequestClock(scope.limits().handshake()));
    pipeline.addLast(new HttpServerCodec(config));
    pipeline.addLast(new HttpObjectAggregator(scope.limits().messageBytes(), true));
    pipeline.addLast(new HttpConnection(scope, listener, origins));
  }
}
