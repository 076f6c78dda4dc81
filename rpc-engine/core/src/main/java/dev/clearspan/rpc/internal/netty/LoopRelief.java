package dev.clearspan.rpc.internal.netty;

import io.netty.channel.EventLoop;
import java.lang.management.ManagementFactory;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.DoubleSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Has an endpoint open a connection on another loop when the loop of one it has is out of time. A
 * loop is, if its thread has used a core nearly whole for a second: then its calls wait for it and
 * for nothing else. It helps only if another loop has time and the machine a core for it, so both
 * are asked; and each relief is given time to show before the next. Thread-safe.
 */
final class LoopRelief {
  private static final double FULL = 0.85;
  private static final double HAS_TIME = 0.4;
  private static final double MACHINE_HAS_TIME = 0.75;
  private static final int FULL_LOOKS = 5;
  private static final long SETTLING_NANOS = TimeUnit.SECONDS.toNanos(5);

  /** Fewer calls than this are served by one connection whatever its loop does. */
  private static final int FEWEST_CALLS = 16;

  private final DoubleSupplier machineLoad;
  private final Set<Relievable> groups = ConcurrentHashMap.newKeySet();
  private final ReentrantLock lock = new ReentrantLock();
  private final Map<EventLoop, Integer> fullLooks = new HashMap<>(); // guarded by lock
  private @Nullable Long settledAt; // guarded by lock

  /** A loop that has looked at itself. */
  interface Loop {
    EventLoop loop();

    /** Share of a core that its thread has used lately: 0 to 1. */
    double busy();
  }

  /** An endpoint's connections. */
  interface Relievable {
    /** Calls on those that live on this loop. */
    int callsOn(EventLoop loop);

    /** Another connection, elsewhere, would help. */
    void relieve();
  }

  /** {@code machineLoad} is the share of all cores in use, 0 to 1; negative: unknown. */
  LoopRelief(DoubleSupplier machineLoad) {
    this.machineLoad = machineLoad;
  }

  /** Asks the operating system. */
  static LoopRelief ofThisMachine() {
    return ManagementFactory.getOperatingSystemMXBean()
            instanceof com.sun.management.OperatingSystemMXBean system
        ? new LoopRelief(system::getCpuLoad)
        : new LoopRelief(() -> -1);
  }

  void add(Relievable group) {
    groups.add(group);
  }

  void remove(Relievable group) {
    groups.remove(group);
  }

  /** A loop has looked at itself. */
  void looked(Loop looked, Collection<? extends Loop> all, long now) {
    EventLoop loop = looked.loop();
    if (isFull(looked, now) && hasRoom(all)) {
      groups.stream()
          .filter(group -> group.callsOn(loop) >= FEWEST_CALLS)
          .max(Comparator.comparingInt(group -> group.callsOn(loop)))
          .ifPresent(group -> relieve(group, now));
    }
  }

  private void relieve(Relievable group, long now) {
    lock.lock();
    try {
      settledAt = now + SETTLING_NANOS;
      fullLooks.clear();
    } finally {
      lock.unlock();
    }
    group.relieve();
  }

  /** Whether the loop has been full for long enough and nobody was relieved lately. */
  private boolean isFull(Loop looked, long now) {
    lock.lock();
    try {
      if (looked.busy() < FULL) {
        fullLooks.remove(looked.loop());
        return false;
      }
      int looks = fullLooks.merge(looked.loop(), 1, Integer::sum);
      return looks >= FULL_LOOKS && (settledAt == null || now - settledAt >= 0);
    } finally {
      lock.unlock();
    }
  }

  private boolean hasRoom(Collection<? extends Loop> all) {
    double load = machineLoad.getAsDouble();
    return load >= 0
        && load <= MACHINE_HAS_TIME
        && all.stream().anyMatch(loop -> loop.busy() <= HAS_TIME);
  }
}
