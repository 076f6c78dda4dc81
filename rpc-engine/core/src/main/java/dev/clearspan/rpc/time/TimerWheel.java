package dev.clearspan.rpc.time;

import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Timers that are nearly always cancelled, such as the deadline of each call, for next to nothing:
 * adding and cancelling is linking and unlinking in a slot's list. After Varghese and Lauck,
 * "Hashed and Hierarchical Timing Wheels" (1987), the hashed kind.
 *
 * <p>A task runs up to one tick ({@value #TICK_MILLIS} ms) late, never early, on the underlying
 * scheduler, which is asked for one task at a time, and for none while no timer is set. Each slot
 * is guarded by its own lock, which is not held while a task runs. Thread-safe.
 */
public final class TimerWheel implements Scheduler {
  private static final Logger LOG = LoggerFactory.getLogger(TimerWheel.class);
  static final int TICK_MILLIS = 4;
  private static final long TICK_NANOS = TICK_MILLIS * 1_000_000L;
  private static final int SLOTS = 512;

  private final Ticker ticker;
  private final Scheduler scheduler;
  private final long origin;
  private final Slot[] slots = new Slot[SLOTS];
  private final AtomicInteger waiting = new AtomicInteger();
  private final AtomicBoolean ticking = new AtomicBoolean();

  /** The last tick whose slot was emptied; only the one tick task under way writes it. */
  private volatile long lastTick;

  public TimerWheel(Ticker ticker, Scheduler scheduler) {
    this.ticker = ticker;
    this.scheduler = scheduler;
    this.origin = ticker.nanos();
    for (int i = 0; i < SLOTS; i++) {
      slots[i] = new Slot();
    }
  }

  @Override
  public Scheduled schedule(Runnable task, long delayNanos) {
    long due = ticker.nanos() - origin + Math.max(0, delayNanos);
    Timer timer = new Timer(task, (due + TICK_NANOS - 1) / TICK_NANOS);
    waiting.incrementAndGet();
    add(timer);
    startTicking();
    return timer;
  }

  /** Timers set and neither run nor cancelled. */
  public int waiting() {
    return waiting.get();
  }

  /** A slot that the wheel has just passed would only come round again: take the next one. */
  private void add(Timer timer) {
    while (true) {
      timer.tick = Math.max(timer.tick, lastTick + 1);
      Slot slot = slots[(int) (timer.tick % SLOTS)];
      if (slot.link(timer)) {
        return;
      }
    }
  }

  private void startTicking() {
    if (!ticking.get() && ticking.compareAndSet(false, true)) {
      // Nothing waited, so there is nothing to miss in between.
      scheduler.schedule(this::tick, TICK_NANOS);
    }
  }

  private void tick() {
    long now = (ticker.nanos() - origin) / TICK_NANOS;
    long from = Math.max(lastTick + 1, now - SLOTS + 1);
    for (long tick = from; tick <= now; tick++) {
      lastTick = tick;
      runAll(slots[(int) (tick % SLOTS)].due(now));
    }
    ticking.set(false);
    if (waiting.get() > 0) {
      startTicking();
    }
  }

  private void runAll(@Nullable Timer first) {
    for (Timer timer = first; timer != null; timer = timer.next) {
      waiting.decrementAndGet();
      run(timer.task);
    }
  }

  private static void run(Runnable task) {
    try {
      task.run();
    } catch (RuntimeException | AssertionError e) {
      LOG.error("a timer's task failed", e);
    }
  }

  /** The timers of one tick and of all that are a multiple of the wheel's turn away. */
  private final class Slot {
    private final ReentrantLock lock = new ReentrantLock();
    private @Nullable Timer head;

    /** False if the wheel has passed the timer's tick meanwhile. */
    private boolean link(Timer timer) {
      lock.lock();
      try {
        if (timer.tick <= lastTick) {
          return false;
        }
        timer.slot = this;
        timer.next = head;
        if (head != null) {
          head.previous = timer;
        }
        head = timer;
        return true;
      } finally {
        lock.unlock();
      }
    }

    private boolean unlink(Timer timer) {
      lock.lock();
      try {
        if (timer.slot == null) {
          return false;
        }
        detach(timer);
        timer.next = null;
        return true;
      } finally {
        lock.unlock();
      }
    }

    /** Takes out what is due, linked by {@code next}. */
    private @Nullable Timer due(long now) {
      lock.lock();
      try {
        Timer due = null;
        Timer timer = head;
        while (timer != null) {
          Timer following = timer.next;
          if (timer.tick <= now) {
            detach(timer);
            timer.next = due;
            due = timer;
          }
          timer = following;
        }
        return due;
      } finally {
        lock.unlock();
      }
    }

    private void detach(Timer timer) {
      Timer before = timer.previous;
      Timer after = timer.next;
      if (before == null) {
        head = after;
      } else {
        before.next = after;
      }
      if (after != null) {
        after.previous = before;
      }
      timer.previous = null;
      timer.slot = null;
    }
  }

  /** A waiting task. Links are guarded by its slot's lock; {@code slot} is null once taken out. */
  private final class Timer implements Scheduled {
    private final Runnable task;
    private long tick;
    private volatile @Nullable Slot slot;
    private @Nullable Timer previous;
    private @Nullable Timer next;

    private Timer(Runnable task, long tick) {
      this.task = task;
      this.tick = tick;
    }

    @Override
    public void cancel() {
      Slot current = slot;
      if (current != null && current.unlink(this)) {
        waiting.decrementAndGet();
      }
    }
  }
}
