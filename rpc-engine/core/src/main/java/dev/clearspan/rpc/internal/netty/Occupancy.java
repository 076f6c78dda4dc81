package dev.clearspan.rpc.internal.netty;

import java.util.concurrent.atomic.AtomicInteger;

/**
 * How many calls are on one connection, and how many may be. Calls enter on any thread; only when a
 * connection is crowded, more than three quarters full, does anybody else hear of it, so that calls
 * on one that is not cost a count and a comparison each way. Thread-safe.
 */
public final class Occupancy {
  private static final int CLOSED = -1;

  private final AtomicInteger calls = new AtomicInteger();
  private final Watcher watcher;
  private volatile int most;
  private volatile int crowdedAbove = CLOSED;

  /** Hears of crowding; on any thread, often. */
  public interface Watcher {
    /** The connection has become crowded, or still is; says whether others wait for room. */
    boolean crowded();

    /** A call has left a connection that was crowded. */
    void roomMade();
  }

  /** Of a connection that takes no calls yet. */
  Occupancy(Watcher watcher) {
    this.watcher = watcher;
  }

  /** Takes that many calls at a time from now on. */
  public void open(int streams) {
    most = streams;
    crowdedAbove = crowdedAbove(streams);
    watcher.roomMade();
  }

  /** Three quarters of the calls that fit. */
  static int crowdedAbove(int streams) {
    return streams - (streams + 3) / 4;
  }

  /** Takes no more calls. */
  public void close() {
    crowdedAbove = CLOSED;
    most = 0;
  }

  /** A call wants in; false: there is no room for it, or others have waited longer. */
  boolean enter() {
    int now = calls.incrementAndGet();
    return now <= crowdedAbove || enterCrowded(now);
  }

  /** A call that has waited wants in. */
  boolean enterFirst() {
    if (calls.incrementAndGet() <= most) {
      return true;
    }
    calls.decrementAndGet();
    return false;
  }

  /** A call that entered has ended. */
  public void leave() {
    if (calls.decrementAndGet() >= crowdedAbove) {
      watcher.roomMade();
    }
  }

  int calls() {
    return calls.get();
  }

  /** Most calls at a time; 0: it takes none. */
  int most() {
    return most;
  }

  /** What the least loaded of several is found by. */
  int load() {
    return most == 0 ? Integer.MAX_VALUE : calls.get();
  }

  boolean isCrowded() {
    return calls.get() > crowdedAbove;
  }

  private boolean enterCrowded(int now) {
    boolean othersWait = watcher.crowded();
    if (now <= most && !othersWait) {
      return true;
    }
    calls.decrementAndGet();
    return false;
  }
}
