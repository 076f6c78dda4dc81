package dev.clearspan.rpc.internal.netty;

import dev.clearspan.rpc.time.Ticker;
import java.net.InetAddress;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;

/**
 * How many connections each address has opened within the current second. All addresses share their
 * seconds, so what is remembered is bounded by what one second brings. Thread-safe.
 */
final class ArrivalRate {
  private static final long SECOND = TimeUnit.SECONDS.toNanos(1);

  private final int most;
  private final Ticker ticker;
  private final ReentrantLock lock = new ReentrantLock();
  private final Map<InetAddress, Integer> arrived = new HashMap<>(); // guarded by lock
  private long since; // guarded by lock

  /** {@code most} connections a second from one address. */
  ArrivalRate(int most, Ticker ticker) {
    this.most = most;
    this.ticker = ticker;
    this.since = ticker.nanos();
  }

  /** Counts one more connection of the address; false if it is one too many. */
  boolean admits(InetAddress address) {
    long now = ticker.nanos();
    lock.lock();
    try {
      if (now - since >= SECOND) {
        arrived.clear();
        since = now;
      }
      return arrived.merge(address, 1, Integer::sum) <= most;
    } finally {
      lock.unlock();
    }
  }
}
