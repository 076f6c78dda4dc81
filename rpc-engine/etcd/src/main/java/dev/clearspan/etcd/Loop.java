package dev.clearspan.etcd;

import dev.clearspan.rpc.time.Scheduler;
import java.time.Duration;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The one thread on which the state of a registry connection lives. Its timers run on {@link
 * System#nanoTime}, so that a change of the wall clock moves nothing. Tasks given after {@link
 * #close} are dropped: whoever waits for them has a timeout of its own.
 */
final class Loop implements Scheduler, Executor, AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Loop.class);

  private final ScheduledThreadPoolExecutor executor;
  private volatile Thread thread = Thread.currentThread();

  Loop(String name) {
    executor =
        new ScheduledThreadPoolExecutor(
            1,
            task -> {
              Thread created = new Thread(task, name);
              created.setDaemon(true);
              thread = created;
              return created;
            });
    executor.setRemoveOnCancelPolicy(true);
    executor.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
  }

  boolean inLoop() {
    return Thread.currentThread() == thread;
  }

  @Override
  public void execute(Runnable task) {
    try {
      executor.execute(guarded(task));
    } catch (RejectedExecutionException e) {
      LOG.debug("dropped a task: the registry connection is closed");
    }
  }

  Scheduled schedule(Runnable task, Duration delay) {
    return schedule(task, delay.toNanos());
  }

  @Override
  public Scheduled schedule(Runnable task, long delayNanos) {
    try {
      ScheduledFuture<?> future =
          executor.schedule(guarded(task), delayNanos, TimeUnit.NANOSECONDS);
      return () -> future.cancel(false);
    } catch (RejectedExecutionException e) {
      LOG.debug("dropped a timer: the registry connection is closed");
      return () -> {};
    }
  }

  @Override
  public void close() {
    executor.shutdown();
  }

  private static Runnable guarded(Runnable task) {
    return () -> {
      try {
        task.run();
      } catch (RuntimeException e) {
        LOG.error("a registry task failed; the others go on", e);
      }
    };
  }
}
