package dev.clearspan.rpc.internal.netty;

import dev.clearspan.rpc.internal.tls.ClientTls;
import dev.clearspan.rpc.internal.transport.EndpointAddress;
import io.netty.bootstrap.Bootstrap;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoop;
import java.net.InetSocketAddress;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Makes TCP connections to one address, on one event loop. Confined to that loop.
 *
 * @param loop where the connections live
 * @param tls encrypts them; null: plaintext
 */
public record Connector(
    EventLoops loops, EventLoop loop, EndpointAddress address, @Nullable ClientTls tls) {
  private static final int CONNECT_TIMEOUT_MILLIS = 3_000;
  private static final int UNACKNOWLEDGED_MILLIS = 10_000;

  /**
   * Connects.
   *
   * @param handler what goes into the pipeline, inside of TLS
   * @param done hears whether it was made
   * @param unknown hears why there is nothing to connect to
   */
  void connect(ChannelHandler handler, ChannelFutureListener done, Consumer<String> unknown) {
    HostResolver.resolve(address.host(), address.port())
        .whenCompleteAsync(
            (target, failure) -> {
              if (failure != null) {
                unknown.accept("host " + address.host() + " is unknown");
              } else {
                connect(target, handler, done);
              }
            },
            loop);
  }

  private void connect(
      InetSocketAddress target, ChannelHandler handler, ChannelFutureListener done) {
    ChannelFuture made = bootstrap().handler(encrypted(handler)).connect(target);
    made.addListener(done);
  }

  private Bootstrap bootstrap() {
    Bootstrap bootstrap =
        new Bootstrap()
            .group(loop)
            .channel(loops.clientChannel())
            .option(ChannelOption.TCP_NODELAY, true)
            .option(ChannelOption.SO_KEEPALIVE, true)
            .option(ChannelOption.CONNECT_TIMEOUT_MILLIS, CONNECT_TIMEOUT_MILLIS);
    loops.breakUnacknowledged(bootstrap, UNACKNOWLEDGED_MILLIS);
    return bootstrap;
  }

  private ChannelHandler encrypted(ChannelHandler link) {
    return tls == null ? link : tls.around(address.host(), address.port(), link);
  }
}
