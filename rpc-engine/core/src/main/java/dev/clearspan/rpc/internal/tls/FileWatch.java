package dev.clearspan.rpc.internal.tls;

import io.netty.util.concurrent.DefaultThreadFactory;
import java.time.Duration;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/** Looks at files now and then, on one daemon thread of the process: reading may block. */
final class FileWatch {
  private static final ScheduledThreadPoolExecutor THREAD = thread();

  private FileWatch() {}

  /** Looks again each time this long after the last look ended, until cancelled. */
  static Future<?> every(Duration interval, Runnable look) {
    long nanos = interval.toNanos();
    return THREAD.scheduleWithFixedDelay(look, nanos, nanos, TimeUnit.NANOSECONDS);
  }

  private static ScheduledThreadPoolExecutor thread() {
    ScheduledThreadPoolExecutor thread =
        new ScheduledThreadPoolExecutor(1, new DefaultThreadFactory("clearspan-tls-files", true));
    thread.setRemoveOnCancelPolicy(true);
    return thread;
  }
}
