package dev.clearspan.rpc.internal.netty;

import io.netty.channel.ChannelHandlerContext;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.IntSupplier;

/**
 * The goodbye of a server's link, in two steps: first that no more calls should be sent, and when
 * the client has heard it, which call was the last. Loop-confined, but for {@link #done}.
 */
public final class LinkDrain {
  private static final long TOKEN = 0x647261696e000000L;
  private static final long WAIT_MILLIS = 1_000;

  private final ChannelHandlerContext context;
  private final Goodbye goodbye;
  private final CompletableFuture<Void> done = new CompletableFuture<>();
  private boolean refusing;

  LinkDrain(ChannelHandlerContext context, IntSupplier lastStream) {
    this(context, new FrameGoodbye(context, lastStream));
  }

  /** A link that will say goodbye in this way. */
  public LinkDrain(ChannelHandlerContext context, Goodbye goodbye) {
    this.context = context;
    this.goodbye = goodbye;
  }

  /** Completes when later calls are refused, or the connection is gone. */
  public CompletableFuture<Void> done() {
    return done;
  }

  public boolean isRefusing() {
    return refusing;
  }

  /** Writes the first step; the caller flushes. */
  public void announce() {
    if (!context.channel().isActive() || refusing) {
      done.complete(null);
      return;
    }
    goodbye.goAway(Integer.MAX_VALUE);
    goodbye.ping(TOKEN);
    context.executor().schedule(this::refuseFromNow, WAIT_MILLIS, TimeUnit.MILLISECONDS);
  }

  /** The client has answered a ping. */
  public void heard(long token) {
    if (token == TOKEN) {
      refuseFromNow();
    }
  }

  /** The connection is gone. */
  public void closed() {
    done.complete(null);
  }

  private void refuseFromNow() {
    if (!refusing && context.channel().isActive()) {
      refusing = true;
      goodbye.goAway(goodbye.lastStream());
      context.flush();
    }
    done.complete(null);
  }
}
