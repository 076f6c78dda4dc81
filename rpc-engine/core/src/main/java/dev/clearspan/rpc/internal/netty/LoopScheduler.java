package dev.clearspan.rpc.internal.netty;

import dev.clearspan.rpc.time.Scheduler;
import io.netty.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;

/** Timers on the event loops. Each costs a wake-up to set; many go through a timer wheel on top. */
public final class LoopScheduler implements Scheduler {
  private final EventLoops loops;

  public LoopScheduler(EventLoops loops) {
    this.loops = loops;
  }

  @Override
  public Scheduled schedule(Runnable task, long delayNanos) {
    ScheduledFuture<?> future =
        loops.next().schedule(task, Math.max(0, delayNanos), TimeUnit.NANOSECONDS);
    return () -> future.cancel(false);
  }
}
