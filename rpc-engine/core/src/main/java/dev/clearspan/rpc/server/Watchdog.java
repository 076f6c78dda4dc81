package dev.clearspan.rpc.server;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.jctools.queues.atomic.MpscUnboundedAtomicArrayQueue;

/**
 * Looks every half millisecond at the chunks under way. Where the thread that has a chunk is
 * blocked in one of its calls, one more thread takes the rest. Sleeps when nothing is under way.
 * Bounded by the calls in flight.
 */
final class Watchdog implements AutoCloseable {
  private static final long PERIOD_NANOS = TimeUnit.MICROSECONDS.toNanos(500);
  private static final int IDLE_LOOKS = 100;
  // A thread in the kernel looks like one that waits for its turn on a core: time tells.
  private static final int PATIENT_LOOKS = 20;
  // Whoever takes a chunk over may need a moment to get to it.
  private static final int HOLD_OFF_LOOKS = 3;

  private final MpscUnboundedAtomicArrayQueue<Chunk> arrivals =
      new MpscUnboundedAtomicArrayQueue<>(256);
  private final List<Watched> watched = new ArrayList<>();
  private final Consumer<Chunk> takeOver;
  private final BooleanSupplier everyLook;
  private final Thread thread;
  private volatile boolean asleep;
  private volatile boolean closed;

  /**
   * Starts watching.
   *
   * @param takeOver has one more thread run the chunk
   * @param everyLook also done at every look; true: something waits, so there must be another
   */
  Watchdog(Consumer<Chunk> takeOver, BooleanSupplier everyLook) {
    this.takeOver = takeOver;
    this.everyLook = everyLook;
    this.thread = new Thread(this::run, "clearspan-watchdog");
    thread.setDaemon(true);
    thread.start();
  }

  /** Watches the chunk until all its calls have been taken. */
  void watch(Chunk chunk) {
    if (chunk.size() > 1) {
      arrivals.offer(chunk);
      wake();
    }
  }

  /** Looks again soon, even if no chunk is watched. */
  void wake() {
    if (asleep) {
      asleep = false;
      LockSupport.unpark(thread);
    }
  }

  @Override
  public void close() {
    closed = true;
    LockSupport.unpark(thread);
  }

  private void run() {
    int idle = 0;
    while (!closed) {
      LockSupport.parkNanos(this, PERIOD_NANOS);
      boolean watches = look();
      idle = everyLook.getAsBoolean() || watches ? 0 : idle + 1;
      if (idle > IDLE_LOOKS) {
        sleep();
        idle = 0;
      }
    }
  }

  private void sleep() {
    asleep = true;
    while (asleep && !closed && arrivals.isEmpty()) {
      LockSupport.park(this);
    }
    asleep = false;
  }

  private boolean look() {
    Iterator<Watched> each = watched.iterator();
    while (each.hasNext()) {
      if (each.next().isDone(takeOver)) {
        each.remove();
      }
    }
    Chunk arrived;
    while ((arrived = arrivals.poll()) != null) {
      Watched fresh = new Watched(arrived);
      if (!fresh.isDone(takeOver)) {
        watched.add(fresh);
      }
    }
    return !watched.isEmpty();
  }

  private static final class Watched {
    private final Chunk chunk;
    private int taken;
    private int stillLooks;
    private int holdOff;

    Watched(Chunk chunk) {
      this.chunk = chunk;
    }

    /** Whether the chunk needs no more looks: all its calls are taken. */
    boolean isDone(Consumer<Chunk> takeOver) {
      int now = chunk.taken();
      if (now >= chunk.size()) {
        return true;
      }
      stillLooks = now > 0 && now == taken ? stillLooks + 1 : 0;
      taken = now;
      if (holdOff > 0) {
        holdOff--;
      } else if (now > 0 && (chunk.isBlocked() || stillLooks >= PATIENT_LOOKS)) {
        chunk.sendReplies();
        takeOver.accept(chunk);
        stillLooks = 0;
        holdOff = HOLD_OFF_LOOKS;
      }
      return false;
    }
  }
}
