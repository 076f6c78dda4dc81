package dev.clearspan.rpc.internal.netty;

import dev.clearspan.rpc.Limits;
import io.netty.channel.Channel;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelPipeline;
import java.net.InetSocketAddress;

/** A plain port beside the server's, for pages. Its connections have limits of their own. */
public final class PagePort implements AutoCloseable {
  private final ServerConnections connections;
  private final Channel channel;

  /** Sets up a new connection. */
  @FunctionalInterface
  public interface Setup {
    /** Adds the handlers, which run {@code established} when a complete request has come. */
    void add(ChannelPipeline pipeline, Runnable established);
  }

  /**
   * Listens.
   *
   * @param port 0 picks a free one
   * @throws IllegalStateException if the port cannot be bound
   */
  public PagePort(String host, int port, Limits limits, Setup setup) {
    this.connections = new ServerConnections(limits);
    ChannelInitializer<Channel> setUp =
        new ChannelInitializer<>() {
          @Override
          protected void initChannel(Channel connection) {
            if (connections.accept(connection)) {
              setup.add(connection.pipeline(), () -> connections.established(connection));
            }
          }
        };
    this.channel = Ports.bind(host, port, setUp);
    channel.config().setAutoRead(true);
  }

  public int port() {
    return ((InetSocketAddress) channel.localAddress()).getPort();
  }

  @Override
  public void close() {
    channel.close().syncUninterruptibly();
    connections.closeAll();
  }
}
