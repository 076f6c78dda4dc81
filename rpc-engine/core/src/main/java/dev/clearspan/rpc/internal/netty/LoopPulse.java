package dev.clearspan.rpc.internal.netty;

import io.netty.channel.EventLoop;
import io.netty.util.concurrent.SingleThreadEventExecutor;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * How busy one event loop is: it looks at its clock and at its thread's CPU time five times a
 * second, which costs it a microsecond or two. Written by the loop, read by any thread.
 */
final class LoopPulse implements LoopRelief.Loop {
  private static final long PERIOD_NANOS = TimeUnit.MILLISECONDS.toNanos(200);

  /** Of the lag that is shown, what is left a look later: a peak is seen for some seconds. */
  private static final double FADING = 0.9;

  private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();
  private static final boolean MEASURES = THREADS.isCurrentThreadCpuTimeSupported();

  private final EventLoop loop;
  private final Consumer<LoopPulse> afterLook;
  private volatile long lagNanos;
  private volatile double busy;
  private long lookedAt;
  private long cpuNanos;

  /** {@code afterLook} hears of each look, on the loop. */
  LoopPulse(EventLoop loop, Consumer<LoopPulse> afterLook) {
    this.loop = loop;
    this.afterLook = afterLook;
  }

  void start() {
    loop.execute(
        () -> {
          lookedAt = System.nanoTime();
          cpuNanos = cpu();
          lookLater();
        });
  }

  @Override
  public EventLoop loop() {
    return loop;
  }

  /** How late a timer was, lately: what everything else on this loop waits, too. */
  long lagNanos() {
    return lagNanos;
  }

  @Override
  public double busy() {
    return busy;
  }

  /** Tasks that wait for the loop. */
  int pending() {
    return loop instanceof SingleThreadEventExecutor executor ? executor.pendingTasks() : 0;
  }

  private void lookLater() {
    loop.schedule(this::look, PERIOD_NANOS, TimeUnit.NANOSECONDS);
  }

  private void look() {
    long now = System.nanoTime();
    long used = cpu();
    long passed = now - lookedAt;
    lagNanos = Math.max(passed - PERIOD_NANOS, (long) (lagNanos * FADING));
    busy = Math.min(1, (double) (used - cpuNanos) / passed);
    lookedAt = now;
    cpuNanos = used;
    lookLater();
    afterLook.accept(this);
  }

  private static long cpu() {
    return MEASURES ? THREADS.getCurrentThreadCpuTime() : 0;
  }
}
