package dev.clearspan.rpc.limit;

import dev.clearspan.rpc.Criticality;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Keeps a server from working on more than it can finish: tells how many calls of a class may be in
 * handlers ({@link AdaptiveLimit}) and how long one may have waited for a thread ({@link
 * QueueWatch}), by what each call tells of its start and its end.
 *
 * <p>While nothing waits and nothing runs out of time, calls cost a read of a field each. The first
 * one that does engages the meter; then every 100 ms the thread that happens to come judges what
 * was seen. After ten quiet seconds all is forgotten.
 *
 * <p>Times are of one monotonic clock, in nanoseconds, and told by the caller. Thread-safe.
 */
public final class OverloadControl {
  private static final long TICK_NANOS = TimeUnit.MILLISECONDS.toNanos(100);
  private static final long RELEASE_NANOS = TimeUnit.SECONDS.toNanos(10);

  private static final long LONG_AGO_NANOS = TimeUnit.HOURS.toNanos(1);

  /** After a silence of so long a queue that stood before says nothing any more. */
  private static final long SILENCE_NANOS = TimeUnit.SECONDS.toNanos(1);

  private final Meter meter = new Meter();
  private final ReentrantLock judging = new ReentrantLock();
  private final QueueWatch queue;
  private final AdaptiveLimit adaptive; // guarded by judging
  private final Runnable onChange;
  private volatile boolean engaged;
  private volatile int limit;
  private volatile long tickBegan;
  private volatile long loweredAt;
  private volatile long patienceNanos;
  private long troubledAt; // guarded by judging

  /** What it finds now, for people. */
  public record View(int limit, boolean lowered, boolean queueStands, long targetNanos) {}

  /**
   * Nothing is limited before something is measured.
   *
   * @param onChange runs when it begins or stops to refuse, on the thread of a call; must be quick
   */
  public OverloadControl(LimitSettings settings, Runnable onChange) {
    this.queue = new QueueWatch(settings.maxQueue().toNanos());
    this.adaptive = new AdaptiveLimit(settings.adaptive());
    this.onChange = onChange;
    this.limit = adaptive.limit();
    this.patienceNanos = queue.targetNanos() / 2;
  }

  /** Other settings, in force with the next call; what was learned is kept. */
  public void settings(LimitSettings settings) {
    judging.lock();
    try {
      queue.maxQueueNanos(settings.maxQueue().toNanos());
      patienceNanos = queue.targetNanos() / 2;
      adaptive.settings(settings.adaptive());
      limit = adaptive.limit();
    } finally {
      judging.unlock();
    }
  }

  /**
   * Most calls in handlers and waiting for one, this one included, when one of this class comes.
   */
  public int mostInFlight(Criticality criticality) {
    int most = limit;
    if (most == Integer.MAX_VALUE) {
      return most;
    }
    return switch (criticality) {
      case CRITICAL_PLUS -> most + Math.max(1, most / 8);
      case CRITICAL -> most;
      case SHEDDABLE_PLUS -> most - most / 8;
      case SHEDDABLE -> most - most / 4;
    };
  }

  /** Nanoseconds that a call of this class may have waited when it gets its thread. */
  public long longestWaitNanos(Criticality criticality) {
    return queue.longestWaitNanos(criticality);
  }

  /**
   * A call has got its thread, whether it is run now or refused.
   *
   * @param arrivedNanos when it came
   * @param inFlight calls in handlers and waiting for one
   */
  public void started(long arrivedNanos, long now, int inFlight) {
    long waited = now - arrivedNanos;
    if (!engaged) {
      if (waited <= patienceNanos) {
        return;
      }
      engage(now);
    }
    meter.started(waited, arrivedNanos - loweredAt >= 0, inFlight);
    judgeIfDue(now);
  }

  /** A call was answered by a handler that took so long. */
  public void answered(long handlerNanos, long now) {
    if (engaged) {
      meter.handled(handlerNanos);
      meter.ended(false);
      judgeIfDue(now);
    }
  }

  /**
   * A call ran out of time, in the queue ({@code handlerNanos} below 0) or in its handler.
   *
   * @param inFlight calls in handlers and waiting for one
   */
  public void expired(long handlerNanos, long now, int inFlight) {
    if (!engaged) {
      engage(now);
    }
    if (handlerNanos >= 0) {
      meter.handled(handlerNanos);
    }
    meter.inFlight(inFlight);
    meter.ended(true);
    judgeIfDue(now);
  }

  public View view() {
    int most = limit;
    judging.lock();
    try {
      return new View(most, adaptive.isLowered(), queue.isStanding(), queue.targetNanos());
    } finally {
      judging.unlock();
    }
  }

  private void engage(long now) {
    judging.lock();
    try {
      if (!engaged) {
        Tick unused = meter.take(0);
        tickBegan = now;
        loweredAt = now - LONG_AGO_NANOS;
        troubledAt = now;
        engaged = true;
      }
    } finally {
      judging.unlock();
    }
  }

  private void judgeIfDue(long now) {
    if (now - tickBegan < TICK_NANOS || !judging.tryLock()) {
      return;
    }
    boolean changed = false;
    try {
      if (now - tickBegan >= TICK_NANOS) {
        changed = judge(now);
      }
    } finally {
      judging.unlock();
    }
    if (changed) {
      onChange.run();
    }
  }

  /** Whether it has begun or stopped to refuse. */
  private boolean judge(long now) {
    boolean refused = isRefusing();
    long elapsed = now - tickBegan;
    Tick tick = meter.take(elapsed);
    tickBegan = now;
    if (elapsed > SILENCE_NANOS) {
      queue.restart();
    }
    queue.judge(tick, adaptive.least(), now);
    if (adaptive.judge(tick, queue, now)) {
      loweredAt = now;
      queue.restart();
    }
    if (isTroubled(tick)) {
      troubledAt = now;
    } else if (now - troubledAt >= RELEASE_NANOS) {
      queue.reset();
      adaptive.release();
      engaged = false;
    }
    limit = adaptive.limit();
    return refused != isRefusing();
  }

  private boolean isTroubled(Tick tick) {
    return queue.isAbove()
        || adaptive.seesDrops()
        || (tick.starts() > 0 && tick.meanWaitNanos() > queue.targetNanos() / 2);
  }

  private boolean isRefusing() {
    return adaptive.isLowered() || queue.isStanding();
  }
}
