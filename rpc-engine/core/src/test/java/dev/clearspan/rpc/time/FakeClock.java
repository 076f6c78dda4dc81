package dev.clearspan.rpc.time;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.PriorityQueue;
import java.util.Queue;

/**
 * Ticker, wall clock and scheduler that stand still until a test moves them. Tasks run in the order
 * of their times, on the moving thread.
 */
public final class FakeClock implements Ticker, Scheduler, InstantSource {
  private final Queue<Task> tasks = new PriorityQueue<>();
  private final Instant epoch = Instant.parse("2026-01-01T00:00:00Z");
  private long now;
  private long sequence;

  /** Moves all three on, running what falls due on the way. */
  public synchronized void advance(Duration time) {
    long target = now + time.toNanos();
    for (Task next = tasks.peek(); next != null && next.due <= target; next = tasks.peek()) {
      tasks.remove();
      now = Math.max(now, next.due);
      next.action.run();
    }
    now = target;
  }

  public void advanceMillis(long millis) {
    advance(Duration.ofMillis(millis));
  }

  @Override
  public synchronized long nanos() {
    return now;
  }

  @Override
  public Instant instant() {
    return epoch.plusNanos(nanos());
  }

  @Override
  public synchronized Scheduled schedule(Runnable task, long delayNanos) {
    Task added = new Task(task, now + Math.max(0, delayNanos), sequence++);
    tasks.add(added);
    return () -> cancel(added);
  }

  private synchronized void cancel(Task task) {
    tasks.remove(task);
  }

  private record Task(Runnable action, long due, long order) implements Comparable<Task> {
    @Override
    public int compareTo(Task other) {
      return due != other.due ? Long.compare(due, other.due) : Long.compare(order, other.order);
    }
  }
}
