package dev.clearspan.rpc.internal.http1;

import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.util.concurrent.ScheduledFuture;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Closes connections that take too long to send a request once they have begun one: a slow drip of
 * bytes does not keep a connection.
 */
final class RequestClock extends ChannelDuplexHandler {
  private final long patienceNanos;
  private @Nullable ScheduledFuture<?> timer;
  private boolean receiving;

  RequestClock(Duration patience) {
    this.patienceNanos = patience.toNanos();
  }

  @Override
  public void channelRead(ChannelHandlerContext ctx, Object message) {
    if (!receiving) {
      receiving = true;
      timer = ctx.executor().schedule(() -> ctx.close(), patienceNanos, TimeUnit.NANOSECONDS);
    }
    ctx.fireChannelRead(message);
  }

  /** The request is complete: nothing is expected until it has been answered. */
  void requestComplete() {
    stop();
  }

  /** The reply is on its way: the next request may begin. */
  void replied() {
    receiving = false;
  }

  @Override
  public void channelInactive(ChannelHandlerContext ctx) {
    stop();
    ctx.fireChannelInactive();
  }

  private void stop() {
    if (timer != null) {
      timer.cancel(false);
      timer = null;
    }
  }
}
