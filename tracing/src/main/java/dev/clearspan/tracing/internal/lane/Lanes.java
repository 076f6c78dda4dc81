package dev.clearspan.tracing.internal.lane;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;

/**
 * The lanes of a process: a power of two of them, at least twice as many as there are cores.
 *
 * <p>Every event loop has a lane of its own; other platform threads share the rest, in turn, and
 * virtual threads take any. Taking one is an uncontended compare-and-set on a cache line that the
 * thread wrote last. It never blocks: whose lane is taken goes on to the next, and a holder that
 * the scheduler stopped holds up nobody as long as another lane is free.
 *
 * <p>Thread-safe.
 *
 * @param <C> what lies in each lane
 */
public final class Lanes<C> {
  private static final int LOOPS = Runtime.getRuntime().availableProcessors();

  /** Lanes of a process with this many cores. */
  static final int COUNT = Integer.highestOneBit(2 * Math.max(2, LOOPS) - 1) << 1;

  private static final String LOOP_NAME = "clearspan-loop";
  private static final AtomicInteger LOOPS_SEEN = new AtomicInteger();
  private static final AtomicInteger OTHERS_SEEN = new AtomicInteger();

  /** Where a platform thread looks first, in the lanes of every ledger. */
  private static final ThreadLocal<Integer> HOME = ThreadLocal.withInitial(Lanes::newHome);

  private final List<Lane<C>> lanes;
  private final Lane<C>[] fast;

  /** Lanes with what lies in each. */
  @SuppressWarnings({"unchecked", "rawtypes"}) // no generic arrays in Java
  public Lanes(Supplier<C> content) {
    List<Lane<C>> made = new ArrayList<>();
    for (int i = 0; i < COUNT; i++) {
      made.add(new Lane<>(content.get()));
    }
    lanes = List.copyOf(made);
    fast = made.toArray(new Lane[0]);
  }

  /** How many lanes there are in this process. */
  public static int count() {
    return COUNT;
  }

  /** A lane for this thread alone, until it is given back. */
  public Lane<C> take() {
    int home = home() & COUNT - 1;
    Lane<C> lane = fast[home];
    return lane.tryTake() ? lane : takeOther(home);
  }

  /** All lanes, for readers. */
  public List<Lane<C>> all() {
    return lanes;
  }

  private Lane<C> takeOther(int home) {
    for (int next = home + 1; ; next++) {
      Lane<C> lane = fast[next & COUNT - 1];
      if (lane.tryTake()) {
        return lane;
      }
      if ((next & COUNT - 1) == home) {
        Thread.onSpinWait();
      }
    }
  }

  private static int home() {
    Thread thread = Thread.currentThread();
    return VirtualThread.is(thread) ? spread(thread.getId()) : HOME.get();
  }

  private static int newHome() {
    boolean isLoop = Thread.currentThread().getName().startsWith(LOOP_NAME);
    return isLoop
        ? LOOPS_SEEN.getAndIncrement() % LOOPS
        : LOOPS + OTHERS_SEEN.getAndIncrement() % (COUNT - LOOPS);
  }

  private static int spread(long threadId) {
    return (int) (threadId * 0x9E3779B97F4A7C15L >>> Integer.SIZE);
  }
}
