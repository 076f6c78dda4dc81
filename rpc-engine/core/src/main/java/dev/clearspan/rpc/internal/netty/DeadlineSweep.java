package dev.clearspan.rpc.internal.netty;

import dev.clearspan.rpc.Deadline;
import dev.clearspan.rpc.server.Expiring;
import io.netty.util.concurrent.EventExecutor;
import io.netty.util.concurrent.ScheduledFuture;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Ends the calls of one connection whose deadline has passed. One timer for all of them, set to the
 * earliest deadline seen: most calls end long before, so it fires about once per deadline's length,
 * not once per call. Loop-confined.
 */
public final class DeadlineSweep {
  private final EventExecutor loop;
  private final Supplier<? extends Collection<? extends Expiring>> calls;
  private @Nullable ScheduledFuture<?> timer;
  private @Nullable Deadline next;

  /** {@code calls} gives those in flight. */
  public DeadlineSweep(
      EventExecutor loop, Supplier<? extends Collection<? extends Expiring>> calls) {
    this.loop = loop;
    this.calls = calls;
  }

  /** A call with this deadline is in flight. */
  public void add(Deadline deadline) {
    if (next == null || deadline.isBefore(next)) {
      stop();
      next = deadline;
      long delay = Math.max(0, deadline.remainingNanos(System.nanoTime()));
      timer = loop.schedule(this::sweep, delay, TimeUnit.NANOSECONDS);
    }
  }

  /** Nothing will expire any more. */
  public void stop() {
    if (timer != null) {
      timer.cancel(false);
      timer = null;
    }
    next = null;
  }

  private void sweep() {
    timer = null;
    next = null;
    long now = System.nanoTime();
    List<Expiring> overdue = new ArrayList<>();
    Deadline earliest = null;
    for (Expiring call : calls.get()) {
      if (call.deadline().remainingNanos(now) <= 0) {
        overdue.add(call);
      } else {
        earliest = earliest == null ? call.deadline() : earliest.min(call.deadline());
      }
    }
    overdue.forEach(Expiring::expire);
    if (earliest != null) {
      add(earliest);
    }
  }
}
