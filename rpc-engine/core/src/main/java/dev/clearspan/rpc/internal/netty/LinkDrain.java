package dev.clearspan.rpc.internal.netty;

import dev.clearspan.rpc.internal.frame.ControlFrames;
import dev.clearspan.rpc.internal.frame.GoAway;
import io.netty.channel.ChannelHandlerContext;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.IntSupplier;

/**
 * The goodbye of a server's link, in two steps: first that no more calls should be sent, and when
 * the client has heard it, which call was the last. Loop-confined, but for {@link #done}.
 */
final class LinkDrain {
  private static final long TOKEN = 0x647261696e000000L;
  private static final long WAIT_MILLIS = 1_000;

  private final ChannelHandlerContext context;
  private final IntSupplier lastStream;
  private final CompletableFuture<Void> done = new CompletableFuture<>();
  private boolean refusing;

  LinkDrain(ChannelHandlerContext context, IntSupplier lastStream) {
    this.context = context;
    this.lastStream = lastStream;
  }

  /** Completes when later calls are refused, or the connection is gone. */
  CompletableFuture<Void> done() {
    return done;
  }

  boolean isRefusing() {
    return refusing;
  }

  void announce() {
    if (!context.channel().isActive() || refusing) {
      done.complete(null);
      return;
    }
    GoAway announced = new GoAway(GoAway.ANNOUNCED, GoAway.Reason.DRAINING, "");
    context.write(Frames.of(announced::write));
    context.write(Frames.of(out -> ControlFrames.writePing(out, TOKEN)));
    context.executor().schedule(this::refuseFromNow, WAIT_MILLIS, TimeUnit.MILLISECONDS);
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
    if (!refusing) {
      refusing = true;
      GoAway last = new GoAway(lastStream.getAsInt(), GoAway.Reason.DRAINING, "");
      context.writeAndFlush(Frames.of(last::write));
      done.complete(null);
    }
  }
}
