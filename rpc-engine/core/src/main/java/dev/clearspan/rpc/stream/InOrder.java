package dev.clearspan.rpc.stream;

import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Runs the tasks of many threads one at a time, in order, without a lock and without threads of its
 * own: whoever finds it idle runs what there is. A task that is added from within another runs
 * after it. Tasks must not throw. Thread-safe.
 */
public final class InOrder {
  private final Queue<Runnable> tasks = new ConcurrentLinkedQueue<>();
  // The task that runs and those behind it.
  private final AtomicInteger pending = new AtomicInteger();

  /** Runs the task now, or has the thread that is running another one run it next. */
  public void run(Runnable task) {
    if (pending.compareAndSet(0, 1)) {
      task.run();
      if (pending.decrementAndGet() > 0) {
        runPending();
      }
      return;
    }
    tasks.add(task);
    if (pending.getAndIncrement() == 0) {
      runPending();
    }
  }

  private void runPending() {
    do {
      Runnable next = tasks.poll();
      if (next != null) {
        next.run();
      }
    } while (pending.decrementAndGet() > 0);
  }
}
