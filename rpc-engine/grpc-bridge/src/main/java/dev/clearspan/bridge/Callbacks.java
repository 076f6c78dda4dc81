package dev.clearspan.bridge;

import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs the callbacks of one call on an executor: one at a time, in order. Bounded, because a
 * message is only heard when it was asked for. Thread-safe.
 */
final class Callbacks implements Runnable {
  private static final Logger LOG = LoggerFactory.getLogger(Callbacks.class);

  private final Executor executor;
  private final Queue<Runnable> tasks = new ConcurrentLinkedQueue<>();
  // The task that runs and those behind it.
  private final AtomicInteger pending = new AtomicInteger();

  Callbacks(Executor executor) {
    this.executor = executor;
  }

  /** Has the task run soon. It must not throw. */
  void add(Runnable task) {
    tasks.add(task);
    if (pending.getAndIncrement() == 0) {
      try {
        executor.execute(this);
      } catch (RejectedExecutionException e) {
        // Who shut it down waits for nothing more: blocking stubs do so once they have the reply.
        LOG.debug("the executor of a call takes no more callbacks", e);
      }
    }
  }

  @Override
  public void run() {
    do {
      Runnable next = tasks.poll();
      if (next != null) {
        next.run();
      }
    } while (pending.decrementAndGet() > 0);
  }
}
