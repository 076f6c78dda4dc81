package dev.clearspan.console;

import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.LoggerFactory;

/** A task that runs every second, one round after the other, whatever a round does. */
final class Periodic implements AutoCloseable {
  /** How long a round that is under way may hold up the end before it is interrupted. */
  private static final long GRACE_SECONDS = 10;

  private final ScheduledExecutorService timer;

  private Periodic(ScheduledExecutorService timer) {
    this.timer = timer;
  }

  static Periodic start(String name, Runnable task) {
    ScheduledExecutorService timer =
        Executors.newSingleThreadScheduledExecutor(
            work -> {
              Thread thread = new Thread(work, name);
              thread.setDaemon(true);
              return thread;
            });
    timer.scheduleWithFixedDelay(() -> guarded(name, task), 1, 1, TimeUnit.SECONDS);
    return new Periodic(timer);
  }

  private static void guarded(String name, Runnable task) {
    try {
      task.run();
    } catch (RuntimeException e) {
      LoggerFactory.getLogger(Periodic.class).error("a round of {} failed", name, e);
    }
  }

  /**
   * Waits for the round that is under way. Interrupting it at once would close H2's file if it was
   * writing to it.
   */
  @Override
  public void close() {
    timer.shutdown();
    try {
      if (timer.awaitTermination(GRACE_SECONDS, TimeUnit.SECONDS)) {
        return;
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    timer.shutdownNow();
  }
}
