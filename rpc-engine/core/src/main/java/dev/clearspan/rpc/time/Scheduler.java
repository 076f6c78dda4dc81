package dev.clearspan.rpc.time;

/** Runs short, non-blocking tasks later. Thread-safe. */
public interface Scheduler {
  /** Runs the task after the delay (nanoseconds, 0 or less: as soon as possible). */
  Scheduled schedule(Runnable task, long delayNanos);

  /** A task waiting for its time. */
  interface Scheduled {
    /** Prevents the task from running, if it has not begun. */
    void cancel();
  }
}
