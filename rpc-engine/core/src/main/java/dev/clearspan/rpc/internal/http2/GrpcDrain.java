package dev.clearspan.rpc.internal.http2;

import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.http2.Http2ConnectionHandler;
import io.netty.handler.codec.http2.Http2Error;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/**
 * The goodbye of a server's HTTP/2 connection, in two steps: first that the client should use
 * another one, and when it has heard that, which stream was the last. Loop-confined, but for {@link
 * #done}.
 */
final class GrpcDrain {
  private static final long TOKEN = 0x647261696e000000L;
  private static final long WAIT_MILLIS = 1_000;

  private final Http2ConnectionHandler http2;
  private final ChannelHandlerContext context;
  private final CompletableFuture<Void> done = new CompletableFuture<>();
  private String reason = "";
  private boolean refusing;

  GrpcDrain(Http2ConnectionHandler http2, ChannelHandlerContext context) {
    this.http2 = http2;
    this.context = context;
  }

  /** Completes when later calls are refused, or the connection is gone. */
  CompletableFuture<Void> done() {
    return done;
  }

  boolean isRefusing() {
    return refusing;
  }

  /** Tells the client to use another connection; {@code why} is for people. */
  void announce(String why) {
    if (!context.channel().isActive() || refusing) {
      done.complete(null);
      return;
    }
    reason = why;
    goAway(Integer.MAX_VALUE);
    http2.encoder().writePing(context, false, TOKEN, context.newPromise());
    http2.flush(context);
    context.executor().schedule(this::refuseFromNow, WAIT_MILLIS, TimeUnit.MILLISECONDS);
  }

  /** Refuses all that comes: the connection was made to a server that goes. */
  void refuse(String why) {
    reason = why;
    refuseFromNow();
  }

  /** The client has answered a ping. */
  void heard(long token) {
    if (token == TOKEN) {
      refuseFromNow();
    }
  }

  /** The connection is gone. */
  void closed() {
    done.complete(null);
  }

  private void refuseFromNow() {
    if (!refusing && context.channel().isActive()) {
      refusing = true;
      goAway(http2.connection().remote().lastStreamCreated());
      http2.flush(context);
    }
    done.complete(null);
  }

  private void goAway(int lastStream) {
    http2.goAway(
        context,
        lastStream,
        Http2Error.NO_ERROR.code(),
        Unpooled.copiedBuffer(reason, StandardCharsets.US_ASCII),
        context.newPromise());
  }
}
