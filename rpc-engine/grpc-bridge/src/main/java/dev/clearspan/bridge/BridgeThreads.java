package dev.clearspan.bridge;

import java.util.concurrent.Executor;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The threads that grpc-java code of this process runs on unless it brings its own. As many as run
 * at once, like grpc-java's: a call has at most one, and the calls in flight are bounded.
 */
final class BridgeThreads {
  private static final int IDLE_SECONDS = 60;

  private static final ThreadPoolExecutor CALLBACKS =
      new ThreadPoolExecutor(
          0,
          Integer.MAX_VALUE,
          IDLE_SECONDS,
          TimeUnit.SECONDS,
          new SynchronousQueue<>(),
          daemons("clearspan-bridge-"));

  private static final ScheduledThreadPoolExecutor TIMER = timer();

  private BridgeThreads() {}

  static Executor callbacks() {
    return CALLBACKS;
  }

  /** Cancels contexts at their deadline. */
  static ScheduledExecutorService deadlines() {
    return TIMER;
  }

  private static ScheduledThreadPoolExecutor timer() {
    ScheduledThreadPoolExecutor timer =
        new ScheduledThreadPoolExecutor(1, daemons("clearspan-bridge-timer-"));
    timer.setRemoveOnCancelPolicy(true);
    return timer;
  }

  private static ThreadFactory daemons(String prefix) {
    AtomicInteger names = new AtomicInteger();
    return task -> {
      Thread thread = new Thread(task, prefix + names.incrementAndGet());
      thread.setDaemon(true);
      return thread;
    };
  }
}
