package dev.clearspan.rpc.internal.netty;

import io.netty.bootstrap.Bootstrap;
import io.netty.channel.Channel;
import io.netty.channel.EventLoop;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.IoHandlerFactory;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.ServerChannel;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.epoll.EpollChannelOption;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.epoll.EpollServerSocketChannel;
import io.netty.channel.epoll.EpollSocketChannel;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.netty.util.concurrent.DefaultThreadFactory;

/**
 * The event loops of this process, shared by all clients and servers: as many as there are cores,
 * at most 8, on epoll where its native library loads, else on NIO. They are daemon threads and live
 * as long as the process.
 */
public final class EventLoops {
  private static final int MOST = 8;

  private final EventLoopGroup group;
  private final boolean epoll;

  private EventLoops(boolean epoll) {
    this.epoll = epoll;
    IoHandlerFactory handlers = epoll ? EpollIoHandler.newFactory() : NioIoHandler.newFactory();
    int count = Math.min(MOST, Runtime.getRuntime().availableProcessors());
    this.group =
        new MultiThreadIoEventLoopGroup(
            count, new DefaultThreadFactory("clearspan-loop", true), handlers);
  }

  /** The process' loops, started on first use. */
  public static EventLoops shared() {
    return Holder.SHARED;
  }

  EventLoop next() {
    return group.next();
  }

  EventLoopGroup group() {
    return group;
  }

  Class<? extends Channel> clientChannel() {
    return epoll ? EpollSocketChannel.class : NioSocketChannel.class;
  }

  /** Has the kernel break connections whose peer acknowledges nothing for so long, if it can. */
  void breakUnacknowledged(Bootstrap bootstrap, int millis) {
    if (epoll) {
      bootstrap.option(EpollChannelOption.TCP_USER_TIMEOUT, millis);
    }
  }

  Class<? extends ServerChannel> serverChannel() {
    return epoll ? EpollServerSocketChannel.class : NioServerSocketChannel.class;
  }

  private static final class Holder {
    static final EventLoops SHARED = new EventLoops(Epoll.isAvailable());
  }
}
