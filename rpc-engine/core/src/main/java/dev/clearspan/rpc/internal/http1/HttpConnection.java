package dev.clearspan.rpc.internal.http1;

import dev.clearspan.rpc.internal.netty.ConnectionAge;
import dev.clearspan.rpc.internal.netty.IdleCheck;
import dev.clearspan.rpc.internal.netty.ServerSocketListener;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.TooLongHttpContentException;
import java.util.ArrayDeque;
import java.util.Deque;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One HTTP/1.1 connection: routes requests, one at a time, in order. Requests sent ahead wait; when
 * several do, nothing more is read. Confined to its event loop, but for {@link #reply}.
 */
final class HttpConnection extends SimpleChannelInboundHandler<FullHttpRequest> {
  private static final Logger LOG = LoggerFactory.getLogger(HttpConnection.class);

  private static final int MOST_WAITING = 8;

  private final ServerSocketListener listener;
  private final HttpRoutes routes;
  private final Deque<FullHttpRequest> waiting = new ArrayDeque<>();
  private Runnable giveUp = () -> {};
  private boolean busy;
  private boolean keepAlive;
  private boolean old;

  HttpConnection(ServerSocketListener listener, HttpRoutes routes) {
    this.listener = listener;
    this.routes = routes;
  }

  @Override
  protected void channelRead0(ChannelHandlerContext ctx, FullHttpRequest request) {
    listener.established(ctx.channel());
    if (busy) {
      waiting.add(request.retain());
      ctx.channel().config().setAutoRead(waiting.size() < MOST_WAITING);
    } else {
      handle(ctx, request);
    }
  }

  @Override
  public void channelInactive(ChannelHandlerContext ctx) {
    giveUp.run();
    waiting.forEach(FullHttpRequest::release);
    waiting.clear();
    ctx.fireChannelInactive();
  }

  @Override
  public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
    if (event instanceof IdleCheck check && !busy) {
      check.close();
    } else if (event == ConnectionAge.REACHED) {
      old = true;
    }
    ctx.fireUserEventTriggered(event);
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext ctx, Throwable failure) {
    LOG.debug(
        "HTTP connection of {} failed: {}", ctx.channel().remoteAddress(), failure.toString());
    ctx.close();
  }

  private void handle(ChannelHandlerContext ctx, FullHttpRequest request) {
    busy = true;
    keepAlive = HttpUtil.isKeepAlive(request);
    ctx.pipeline().get(RequestClock.class).requestComplete();
    if (request.decoderResult().isFailure()) {
      // The rest of a body that is too large is read and dropped; after other faults nothing is.
      keepAlive &= request.decoderResult().cause() instanceof TooLongHttpContentException;
      reply(ctx, HttpReply.malformed(request));
    } else {
      giveUp = routes.answer(ctx, request, reply -> reply(ctx, reply));
    }
  }

  /** Answers the request under way. Any thread. */
  private void reply(ChannelHandlerContext ctx, FullHttpResponse reply) {
    if (ctx.executor().inEventLoop()) {
      write(ctx, reply);
    } else {
      ctx.executor().execute(() -> write(ctx, reply));
    }
  }

  private void write(ChannelHandlerContext ctx, FullHttpResponse reply) {
    boolean last = !keepAlive || old || listener.isDraining();
    reply
        .headers()
        .set(
            HttpHeaderNames.CONNECTION,
            last ? HttpHeaderValues.CLOSE : HttpHeaderValues.KEEP_ALIVE);
    if (last) {
      ctx.writeAndFlush(reply).addListener(ChannelFutureListener.CLOSE);
      return;
    }
    ctx.writeAndFlush(reply);
    busy = false;
    RequestClock clock = ctx.pipeline().get(RequestClock.class);
    if (clock != null) {
      clock.replied();
    }
    next(ctx);
  }

  private void next(ChannelHandlerContext ctx) {
    FullHttpRequest following = waiting.poll();
    ctx.channel().config().setAutoRead(true);
    if (following == null) {
      return;
    }
    try {
      handle(ctx, following);
    } finally {
      following.release();
    }
  }
}
