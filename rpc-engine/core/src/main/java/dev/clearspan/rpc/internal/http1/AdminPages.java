package dev.clearspan.rpc.internal.http1;

import dev.clearspan.rpc.internal.netty.IdleCheck;
import dev.clearspan.rpc.internal.netty.PagePort;
import dev.clearspan.rpc.server.ServerScope;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPipeline;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpServerCodec;
import io.netty.handler.codec.http.HttpUtil;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Sets up connections to the port for operators: the pages, and nothing else. */
public final class AdminPages implements PagePort.Setup {
  private static final int MOST_BODY_BYTES = 1024;

  private final ServerScope scope;
  private final Pages pages;

  public AdminPages(ServerScope scope, Supplier<String> notReady) {
    this.scope = scope;
    this.pages = new Pages(scope, notReady);
  }

  @Override
  public void add(ChannelPipeline pipeline, Runnable established) {
    pipeline.addLast(
        new HttpServerCodec(HttpGateway.decoding(scope.limits())),
        new BodyLimit(MOST_BODY_BYTES),
        new Connection(pages, established));
  }

  private static final class Connection extends SimpleChannelInboundHandler<FullHttpRequest> {
    private static final Logger LOG = LoggerFactory.getLogger(Connection.class);

    private final Pages pages;
    private final Runnable established;

    Connection(Pages pages, Runnable established) {
      this.pages = pages;
      this.established = established;
    }

    @Override
    protected void channelRead0(ChannelHandlerContext ctx, FullHttpRequest request) {
      established.run();
      boolean keepAlive = HttpUtil.isKeepAlive(request) && request.decoderResult().isSuccess();
      FullHttpResponse reply = answer(request);
      reply
          .headers()
          .set(
              HttpHeaderNames.CONNECTION,
              keepAlive ? HttpHeaderValues.KEEP_ALIVE : HttpHeaderValues.CLOSE);
      var written = ctx.writeAndFlush(reply);
      if (!keepAlive) {
        written.addListener(ChannelFutureListener.CLOSE);
      }
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
      if (event instanceof IdleCheck check) {
        check.close();
      }
      ctx.fireUserEventTriggered(event);
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable failure) {
      LOG.debug("admin connection of {}: {}", ctx.channel().remoteAddress(), failure.toString());
      ctx.close();
    }

    private FullHttpResponse answer(FullHttpRequest request) {
      if (request.decoderResult().isFailure()) {
        return HttpReply.malformed(request);
      }
      String path = HttpReply.path(request.uri());
      FullHttpResponse page = pages.at(path, request);
      return page != null
          ? page
          : HttpReply.text(
              HttpResponseStatus.NOT_FOUND,
              "nothing at " + path + " (expected: " + Pages.PATHS + ")");
    }
  }
}
