package dev.clearspan.rpc.internal.netty;

import dev.clearspan.rpc.Limits;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelOutboundBuffer;
import io.netty.util.concurrent.ScheduledFuture;
import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Ends connections whose peer is idle or does not read, and tells those that are old. First in the
 * pipeline, so that it sees bytes. One timer looks at the connection now and then; a read only
 * leaves a mark. Loop-confined.
 *
 * <p>Stalled: the first message waiting to be written has not lost a byte for {@code write-stall}.
 * Idle: nothing was read for {@code idle}; then the protocol is asked ({@link IdleCheck}). Old:
 * {@code connection-age} is over, a tenth more or less, so that connections which were made
 * together do not go together; then the protocol is told ({@link ConnectionAge}). All are noticed
 * at most half as late again as the shortest of these times.
 */
final class ConnectionWatch extends ChannelInboundHandlerAdapter {
  private final ConnectionCounters counters;
  private final Duration idle;
  private final Duration writeStall;
  private final Duration answerTime;
  private final long lookNanos;
  private final long ageNanos;
  private @Nullable ScheduledFuture<?> timer;
  private long madeAt;
  private boolean old;
  private boolean heard;
  private boolean asked;
  private long heardAt;
  private @Nullable Object stuckMessage;
  private long stuckProgress;
  private long stuckSince;

  ConnectionWatch(ConnectionCounters counters, Limits limits) {
    this.counters = counters;
    this.idle = limits.idle();
    this.writeStall = limits.writeStall();
    this.answerTime = limits.handshake();
    long age = limits.connectionAge().toNanos();
    this.lookNanos = Math.min(age, Math.min(idle.toNanos(), writeStall.toNanos())) / 2;
    this.ageNanos = age - age / 10 + ThreadLocalRandom.current().nextLong(age / 5 + 1);
  }

  @Override
  public void handlerAdded(ChannelHandlerContext ctx) {
    madeAt = System.nanoTime();
    heardAt = madeAt;
    schedule(ctx);
  }

  @Override
  public void handlerRemoved(ChannelHandlerContext ctx) {
    if (timer != null) {
      timer.cancel(false);
    }
  }

  @Override
  public void channelRead(ChannelHandlerContext ctx, Object message) {
    heard = true;
    ctx.fireChannelRead(message);
  }

  private void schedule(ChannelHandlerContext ctx) {
    timer = ctx.executor().schedule(() -> look(ctx), lookNanos, TimeUnit.NANOSECONDS);
  }

  private void look(ChannelHandlerContext ctx) {
    if (!ctx.channel().isActive()) {
      return;
    }
    long now = System.nanoTime();
    if (isStalled(ctx, now)) {
      close(ctx, ClosedBecause.WRITE_STALL, "has taken no byte for " + writeStall);
    } else if (isIdle(ctx, now)) {
      close(ctx, ClosedBecause.IDLE, "has sent nothing for " + idle);
    } else {
      tellAge(ctx, now);
      schedule(ctx);
    }
  }

  private void tellAge(ChannelHandlerContext ctx, long now) {
    if (!old && now - madeAt >= ageNanos) {
      old = true;
      ctx.fireUserEventTriggered(ConnectionAge.REACHED);
    }
  }

  private boolean isStalled(ChannelHandlerContext ctx, long now) {
    ChannelOutboundBuffer out = ctx.channel().unsafe().outboundBuffer();
    Object first = out == null ? null : out.current();
    long progress = first == null ? 0 : out.currentProgress();
    if (first == null || first != stuckMessage || progress != stuckProgress) {
      stuckMessage = first;
      stuckProgress = progress;
      stuckSince = now;
    }
    return first != null && now - stuckSince >= writeStall.toNanos();
  }

  private boolean isIdle(ChannelHandlerContext ctx, long now) {
    if (heard) {
      heard = false;
      asked = false;
      heardAt = now;
    }
    if (asked) {
      return now - heardAt >= idle.plus(answerTime).toNanos();
    }
    if (now - heardAt < idle.toNanos()) {
      return false;
    }
    IdleCheck check = new IdleCheck();
    ctx.fireUserEventTriggered(check);
    asked = check.answer() == IdleCheck.Answer.ASKED;
    return check.answer() == IdleCheck.Answer.CLOSE;
  }

  private void close(ChannelHandlerContext ctx, ClosedBecause reason, String what) {
    String peer = Addresses.text(ctx.channel().remoteAddress());
    counters.closed(reason, "connection of " + peer + " is closed: it " + what);
    ctx.close();
  }
}
