package dev.clearspan.simulate.world;

import dev.clearspan.rpc.time.Scheduler;
import dev.clearspan.rpc.time.Ticker;
import java.time.Instant;
import java.time.InstantSource;

/**
 * Time that passes from event to event, as fast as they can be worked off. Begins at 0, which is
 * the first moment of 2026. Used by one thread.
 */
public final class VirtualTime implements Ticker, Scheduler, InstantSource {
  public static final long SECOND = 1_000_000_000L;
  private static final Instant BEGIN = Instant.parse("2026-01-01T00:00:00Z");

  private final EventQueue events = new EventQueue();
  private long now;
  private long worked;

  @Override
  public long nanos() {
    return now;
  }

  @Override
  public Instant instant() {
    return BEGIN.plusNanos(now);
  }

  /** Runs the event at that time; at once, if it has passed. */
  public void at(long nanos, Runnable event) {
    events.add(Math.max(now, nanos), event);
  }

  /** Runs the event when so much time has passed. */
  public void after(long nanos, Runnable event) {
    at(now + nanos, event);
  }

  @Override
  public Scheduled schedule(Runnable task, long delayNanos) {
    Timer timer = new Timer(task);
    after(delayNanos, timer);
    return timer;
  }

  /** Works off what happens until then, and stands there. */
  public void runUntil(long nanos) {
    while (!events.isEmpty() && events.nextTime() <= nanos) {
      now = events.nextTime();
      worked++;
      Runnable event = events.take();
      if (event != null) {
        event.run();
      }
    }
    now = nanos;
  }

  /** Events worked off so far. */
  public long worked() {
    return worked;
  }

  private static final class Timer implements Runnable, Scheduled {
    private final Runnable task;
    private boolean cancelled;

    private Timer(Runnable task) {
      this.task = task;
    }

    @Override
    public void cancel() {
      cancelled = true;
    }

    @Override
    public void run() {
      if (!cancelled) {
        task.run();
      }
    }
  }
}
