package dev.clearspan.rpc.internal.netty;

import dev.clearspan.rpc.internal.frame.ControlFrames;
import dev.clearspan.rpc.internal.frame.GoAway;
import io.netty.channel.ChannelHandlerContext;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.IntSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The goodbye of a server's link, in two steps. Of a server that goes: first that no more calls
 * should be sent, and when the client has heard it, which call was the last. Of a link that is to
 * be replaced: first that the client should make another, and when it has had time to, which call
 * was the last. Loop-confined, but for {@link #done}.
 */
final class LinkDrain {
  private static final long TOKEN = 0x647261696e000000L;
  private static final long WAIT_MILLIS = 1_000;

  private final ChannelHandlerContext context;
  private final IntSupplier lastStream;
  private final CompletableFuture<Void> done = new CompletableFuture<>();
  private GoAway.Reason reason = GoAway.Reason.DRAINING;
  private boolean refusing;

  LinkDrain(ChannelHandlerContext context, IntSupplier lastStream) {
    this.context = context;
    this.lastStream = lastStream;
  }

  /** Completes when later calls are refused, or the connection is gone. */
  CompletableFuture<Void> done() {
    return done;
  }

  /** Why this server takes no more calls here; null: it does. */
  @Nullable String refusal(String instanceId) {
    if (!refusing) {
      return null;
    }
    return reason == GoAway.Reason.DRAINING
        ? instanceId + " is draining"
        : "the connection has reached its age (expected: calls on its successor)";
  }

  void announce() {
    if (!context.channel().isActive() || refusing) {
      done.complete(null);
      return;
    }
    reason = GoAway.Reason.DRAINING;
    write(GoAway.ANNOUNCED);
    context.write(Frames.of(out -> ControlFrames.writePing(out, TOKEN)));
    context.executor().schedule(this::refuseFromNow, WAIT_MILLIS, TimeUnit.MILLISECONDS);
  }

  /** Asks for another link, which the client has so much time to make. */
  void renew(Duration time) {
    reason = GoAway.Reason.RENEWAL;
    write(GoAway.ANNOUNCED);
    context.flush();
    context.executor().schedule(this::refuseFromNow, time.toNanos(), TimeUnit.NANOSECONDS);
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
      write(lastStream.getAsInt());
      context.flush();
      done.complete(null);
    }
  }

  private void write(int last) {
    context.write(Frames.of(new GoAway(last, reason, "")::write));
  }
}
