package dev.clearspan.benchmarks;

import dev.clearspan.benchmarks.proto.Ball;
import io.netty.bootstrap.Bootstrap;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.epoll.EpollServerSocketChannel;
import io.netty.channel.epoll.EpollSocketChannel;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.netty.handler.codec.LengthFieldBasedFrameDecoder;
import io.netty.util.collection.LongObjectHashMap;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * The bar: Netty and protobuf with nothing else. Four bytes of length, then the message; the
 * handler runs on the event loop; one flush per read burst or loop turn.
 */
public final class NettyEcho implements Peer {
  private static final int MOST_BYTES = 8 * 1024 * 1024;

  @Override
  public Echo.Server serve(String variant) {
    EventLoopGroup group = group();
    Channel channel =
        new ServerBootstrap()
            .group(group)
            .channel(
                Epoll.isAvailable() ? EpollServerSocketChannel.class : NioServerSocketChannel.class)
            .childOption(ChannelOption.TCP_NODELAY, true)
            .childHandler(initializer(ServerHandler::new))
            .bind("127.0.0.1", 0)
            .syncUninterruptibly()
            .channel();
    return new Echo.Server() {
      @Override
      public int port() {
        return ((InetSocketAddress) channel.localAddress()).getPort();
      }

      @Override
      public void close() {
        channel.close();
        group.shutdownGracefully();
      }
    };
  }

  @Override
  public Echo.Client connect(int port, String variant) {
    EventLoopGroup group = group();
    ClientHandler handler = new ClientHandler(group);
    handler.channel =
        new Bootstrap()
            .group(group)
            .channel(Epoll.isAvailable() ? EpollSocketChannel.class : NioSocketChannel.class)
            .option(ChannelOption.TCP_NODELAY, true)
            .handler(initializer(() -> handler))
            .connect("127.0.0.1", port)
            .syncUninterruptibly()
            .channel();
    return handler;
  }

  private static EventLoopGroup group() {
    return new MultiThreadIoEventLoopGroup(
        1, Epoll.isAvailable() ? EpollIoHandler.newFactory() : NioIoHandler.newFactory());
  }

  private static ChannelInitializer<Channel> initializer(
      java.util.function.Supplier<ChannelInboundHandlerAdapter> handler) {
    return new ChannelInitializer<>() {
      @Override
      protected void initChannel(Channel channel) {
        channel
            .pipeline()
            .addLast(new LengthFieldBasedFrameDecoder(MOST_BYTES, 0, 4, 0, 4), handler.get());
      }
    };
  }

  private static Ball read(Object message) {
    ByteBuf frame = (ByteBuf) message;
    try {
      return Ball.parseFrom(frame.nioBuffer());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } finally {
      frame.release();
    }
  }

  private static ByteBuf write(Ball ball) {
    int size = ball.getSerializedSize();
    ByteBuf frame = ByteBufAllocator.DEFAULT.directBuffer(4 + size).writeInt(size);
    try {
      com.google.protobuf.CodedOutputStream out =
          com.google.protobuf.CodedOutputStream.newInstance(frame.internalNioBuffer(4, size));
      ball.writeTo(out);
      out.flush();
      return frame.writerIndex(4 + size);
    } catch (IOException e) {
      frame.release();
      throw new UncheckedIOException(e);
    }
  }

  private static final class ServerHandler extends ChannelInboundHandlerAdapter {
    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) {
      ctx.write(write(Echo.answer(read(message))), ctx.voidPromise());
    }

    @Override
    public void channelReadComplete(ChannelHandlerContext ctx) {
      ctx.flush();
    }
  }

  private static final class ClientHandler extends ChannelInboundHandlerAdapter
      implements Echo.Client, Runnable {
    private record Throw(long id, ByteBuf frame, Echo.Catcher catcher) {}

    private final EventLoopGroup group;
    private final LongObjectHashMap<Echo.Catcher> open = new LongObjectHashMap<>();
    private final ConcurrentLinkedQueue<Throw> outbox = new ConcurrentLinkedQueue<>();
    private final AtomicBoolean scheduled = new AtomicBoolean();
    private volatile Channel channel;

    @SuppressWarnings("NullAway.Init") // the channel is set before the first send
    ClientHandler(EventLoopGroup group) {
      this.group = group;
    }

    @Override
    public void send(Ball ball, Echo.Catcher catcher) {
      outbox.add(new Throw(ball.getId(), write(ball), catcher));
      if (scheduled.compareAndSet(false, true)) {
        channel.eventLoop().execute(this);
      }
    }

    @Override
    public void run() {
      scheduled.set(false);
      Throw next;
      while ((next = outbox.poll()) != null) {
        open.put(next.id, next.catcher);
        channel.write(next.frame, channel.voidPromise());
      }
      channel.flush();
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) {
      Ball reply = read(message);
      Echo.Catcher catcher = open.remove(reply.getId());
      if (catcher == null) {
        throw new IllegalStateException("reply " + reply.getId() + " was not asked for");
      }
      catcher.caught(reply);
    }

    @Override
    public void close() {
      channel.close();
      group.shutdownGracefully();
    }
  }
}
