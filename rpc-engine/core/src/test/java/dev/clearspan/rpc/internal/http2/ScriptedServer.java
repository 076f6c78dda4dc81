package dev.clearspan.rpc.internal.http2;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.handler.codec.http2.DefaultHttp2DataFrame;
import io.netty.handler.codec.http2.DefaultHttp2Headers;
import io.netty.handler.codec.http2.DefaultHttp2HeadersFrame;
import io.netty.handler.codec.http2.DefaultHttp2ResetFrame;
import io.netty.handler.codec.http2.DefaultHttp2WindowUpdateFrame;
import io.netty.handler.codec.http2.Http2DataFrame;
import io.netty.handler.codec.http2.Http2Error;
import io.netty.handler.codec.http2.Http2Frame;
import io.netty.handler.codec.http2.Http2FrameCodec;
import io.netty.handler.codec.http2.Http2FrameCodecBuilder;
import io.netty.handler.codec.http2.Http2FrameStream;
import io.netty.handler.codec.http2.Http2Headers;
import io.netty.handler.codec.http2.Http2HeadersFrame;
import io.netty.handler.codec.http2.Http2PingFrame;
import io.netty.handler.codec.http2.Http2ResetFrame;
import io.netty.handler.codec.http2.Http2Settings;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;

/** An HTTP/2 server that answers each request as the test says, sense or nonsense. */
final class ScriptedServer implements AutoCloseable {
  private final EventLoopGroup loops =
      new MultiThreadIoEventLoopGroup(1, NioIoHandler.newFactory());
  private final Channel listener;
  private final List<Channel> accepted = new CopyOnWriteArrayList<>();
  private final AtomicLong bytesWritten = new AtomicLong();
  private final AtomicLong bytesRead = new AtomicLong();
  private volatile Consumer<Request> script = request -> {};
  private volatile boolean widening;
  private volatile Consumer<Request> begun = request -> {};

  final List<Http2Headers> requests = new CopyOnWriteArrayList<>();
  final List<Long> resets = new CopyOnWriteArrayList<>();
  final AtomicInteger pings = new AtomicInteger();

  private ScriptedServer(UnaryOperator<Http2Settings> settings) {
    this.listener =
        new ServerBootstrap()
            .group(loops)
            .channel(NioServerSocketChannel.class)
            .childHandler(
                new ChannelInitializer<Channel>() {
                  @Override
                  protected void initChannel(Channel channel) {
                    accepted.add(channel);
                    channel
                        .pipeline()
                        .addLast(
                            Http2FrameCodecBuilder.forServer()
                                .initialSettings(settings.apply(new Http2Settings()))
                                .encoderIgnoreMaxHeaderListSize(true)
                                .build(),
                            new Requests());
                  }
                })
            .bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))
            .syncUninterruptibly()
            .channel();
  }

  /** A server that answers by this script, which runs when a request is complete. */
  static ScriptedServer answering(Consumer<Request> script) {
    return with(settings -> settings, script);
  }

  static ScriptedServer with(UnaryOperator<Http2Settings> settings, Consumer<Request> script) {
    ScriptedServer server = new ScriptedServer(settings);
    server.script = script;
    return server;
  }

  /** Also tells of requests whose headers have come. */
  ScriptedServer begun(Consumer<Request> value) {
    begun = value;
    return this;
  }

  /** Of DATA, with prefixes: what the client's windows have let through. */
  long bytesWritten() {
    return bytesWritten.get();
  }

  /** Of DATA, with prefixes; the windows are not widened for it but by {@link Request#widen}. */
  long bytesRead() {
    return bytesRead.get();
  }

  int port() {
    return ((InetSocketAddress) listener.localAddress()).getPort();
  }

  int connections() {
    return accepted.size();
  }

  /** Cuts all connections. */
  void hangUp() {
    accepted.forEach(Channel::close);
  }

  @Override
  public void close() {
    listener.close().syncUninterruptibly();
    hangUp();
    loops.shutdownGracefully(0, 1, TimeUnit.SECONDS);
  }

  /** A complete request, and the ways to answer it. Any thread may. */
  final class Request {
    private final ChannelHandlerContext ctx;
    private final Http2FrameStream stream;

    private Request(ChannelHandlerContext ctx, Http2FrameStream stream) {
      this.ctx = ctx;
      this.stream = stream;
    }

    int streamId() {
      return stream.id();
    }

    /** HEADERS: status, then name-value pairs. */
    Request headers(boolean last, String status, String... fields) {
      Http2Headers headers = new DefaultHttp2Headers(false).status(status);
      return headers(headers, last, fields);
    }

    /** HEADERS without a status. */
    Request trailers(String... fields) {
      return headers(new DefaultHttp2Headers(false), true, fields);
    }

    Request ok() {
      return headers(false, "200", "content-type", "application/grpc");
    }

    Request data(boolean last, byte... bytes) {
      return write(new DefaultHttp2DataFrame(Unpooled.wrappedBuffer(bytes), last).stream(stream));
    }

    /** A whole, plain message. */
    Request message(byte... bytes) {
      return message(0, bytes);
    }

    /** A whole message packed with gzip. */
    Request packed(byte... bytes) {
      ByteBuf packed = Unpooled.buffer();
      Gzip.deflate(Unpooled.wrappedBuffer(bytes), packed);
      return message(1, ByteBufUtil.getBytes(packed));
    }

    private Request message(int flag, byte... bytes) {
      ByteBuf frame = Unpooled.buffer();
      frame.writeByte(flag).writeInt(bytes.length).writeBytes(bytes);
      int size = frame.readableBytes();
      return write(
          new DefaultHttp2DataFrame(frame, false).stream(stream),
          () -> bytesWritten.addAndGet(size));
    }

    /** Gives the client back what it has sent, and from now on whatever it sends. */
    Request widen() {
      widening = true;
      return write(new DefaultHttp2WindowUpdateFrame((int) bytesRead()).stream(stream));
    }

    Request reset(Http2Error error) {
      return write(new DefaultHttp2ResetFrame(error).stream(stream));
    }

    /** GOAWAY whose last stream is this one. */
    Request goAway(Http2Error error, String text) {
      byte[] debug = text.getBytes(StandardCharsets.UTF_8);
      ByteBuf frame = Unpooled.buffer();
      frame.writeMedium(8 + debug.length).writeByte(7).writeByte(0).writeInt(0);
      frame.writeInt(streamId()).writeInt((int) error.code()).writeBytes(debug);
      // Past the codec, which names only the last stream there is.
      ctx.channel().pipeline().context(Http2FrameCodec.class).writeAndFlush(frame);
      return this;
    }

    private Request headers(Http2Headers headers, boolean last, String... fields) {
      for (int i = 0; i < fields.length; i += 2) {
        headers.add(fields[i], fields[i + 1]);
      }
      return write(new DefaultHttp2HeadersFrame(headers, last).stream(stream));
    }

    private Request write(Http2Frame frame) {
      return write(frame, () -> {});
    }

    private Request write(Http2Frame frame, Runnable written) {
      ctx.executor().execute(() -> ctx.writeAndFlush(frame).addListener(future -> written.run()));
      return this;
    }
  }

  private final class Requests extends SimpleChannelInboundHandler<Http2Frame> {
    @Override
    protected void channelRead0(ChannelHandlerContext ctx, Http2Frame frame) {
      if (frame instanceof Http2HeadersFrame headers) {
        requests.add(headers.headers());
        begun.accept(new Request(ctx, headers.stream()));
        complete(ctx, headers.stream(), headers.isEndStream());
      } else if (frame instanceof Http2DataFrame data) {
        bytesRead.addAndGet(data.content().readableBytes());
        if (widening) {
          int bytes = data.initialFlowControlledBytes();
          ctx.writeAndFlush(new DefaultHttp2WindowUpdateFrame(bytes).stream(data.stream()));
        }
        complete(ctx, data.stream(), data.isEndStream());
      } else if (frame instanceof Http2ResetFrame reset) {
        resets.add(reset.errorCode());
      } else if (frame instanceof Http2PingFrame ping && !ping.ack()) {
        pings.incrementAndGet();
      }
    }

    private void complete(ChannelHandlerContext ctx, Http2FrameStream stream, boolean last) {
      if (last) {
        script.accept(new Request(ctx, stream));
      }
    }
  }
}
