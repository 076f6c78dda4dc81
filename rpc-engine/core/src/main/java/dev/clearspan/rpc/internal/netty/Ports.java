package dev.clearspan.rpc.internal.netty;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelOption;
import io.netty.channel.WriteBufferWaterMark;

/** Listening sockets on the process' event loops. */
final class Ports {
  private static final WriteBufferWaterMark WATER_MARK =
      new WriteBufferWaterMark(512 * 1024, 2 * 1024 * 1024);
  private static final int BACKLOG = 1024;

  private Ports() {}

  /**
   * Binds the port; connections are accepted once its channel reads.
   *
   * @param port 0 picks a free one
   * @throws IllegalStateException if the port cannot be bound
   */
  static Channel bind(String host, int port, ChannelHandler connections) {
    EventLoops loops = EventLoops.shared();
    ChannelFuture future =
        new ServerBootstrap()
            .group(loops.group())
            .channel(loops.serverChannel())
            .option(ChannelOption.SO_BACKLOG, BACKLOG)
            .option(ChannelOption.SO_REUSEADDR, true)
            .option(ChannelOption.AUTO_READ, false)
            .childOption(ChannelOption.TCP_NODELAY, true)
            .childOption(ChannelOption.SO_KEEPALIVE, true)
            .childOption(ChannelOption.WRITE_BUFFER_WATER_MARK, WATER_MARK)
            .childHandler(connections)
            .bind(host, port)
            .awaitUninterruptibly();
    if (!future.isSuccess()) {
      throw new IllegalStateException(
          "cannot listen on " + host + ":" + port + ": " + future.cause().getMessage(),
          future.cause());
    }
    return future.channel();
  }
}
