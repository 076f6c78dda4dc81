package dev.clearspan.rpc.internal.netty;

import dev.clearspan.rpc.time.Scheduler;
import io.netty.util.HashedWheelTimer;
import io.netty.util.Timeout;
import io.netty.util.concurrent.DefaultThreadFactory;
import io.netty.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;

/**
 * Timers of calls. Most are cancelled before they fire and are long, so they go into a timing wheel
 * (10 ms precision, no wake-up to set or cancel one); short ones, such as hedging delays, go to an
 * event loop and are exact.
 */
final class LoopScheduler implements Scheduler {
  private static final long TICK_MILLIS = 10;
  private static final long SHORT_NANOS = TimeUnit.MILLISECONDS.toNanos(5 * TICK_MILLIS);
  private static final int WHEEL_SLOTS = 512;

  private final EventLoops loops;

  LoopScheduler(EventLoops loops) {
    this.loops = loops;
  }

  @Override
  public Scheduled schedule(Runnable task, long delayNanos) {
    if (delayNanos < SHORT_NANOS) {
      ScheduledFuture<?> future =
          loops.next().schedule(task, Math.max(0, delayNanos), TimeUnit.NANOSECONDS);
      return () -> future.cancel(false);
    }
    Timeout timeout =
        Wheel.SHARED.newTimeout(ignored -> task.run(), delayNanos, TimeUnit.NANOSECONDS);
    return timeout::cancel;
  }

  private static final class Wheel {
    static final HashedWheelTimer SHARED =
        new HashedWheelTimer(
            new DefaultThreadFactory("clearspan-timer", true),
            TICK_MILLIS,
            TimeUnit.MILLISECONDS,
            WHEEL_SLOTS,
            false);
  }
}
