package dev.clearspan.rpc.server;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicIntegerFieldUpdater;
import org.jspecify.annotations.Nullable;

/**
 * Calls of one read burst that are run one after another. May be run by several threads at once:
 * each call is taken by one of them.
 */
public final class Chunk implements Runnable {
  public static final int MOST = 16;

  private static final AtomicIntegerFieldUpdater<Chunk> CURSOR =
      AtomicIntegerFieldUpdater.newUpdater(Chunk.class, "cursor");
  private static final long LONGEST_HOLD_NANOS = TimeUnit.MICROSECONDS.toNanos(200);
  private static final int CALLS_PER_LOOK = 4;

  /** A call that is either run or turned away. */
  public interface Task extends Runnable {
    /** There is no room; the reason is for the caller. */
    void refuse(String reason);
  }

  /** Where the calls' replies go, so that those of a chunk leave together. */
  public interface Replies {
    /** This thread is about to make several replies: none is sent before {@link #release}. */
    void hold();

    /** This thread is through: what it has put is sent. */
    void release();

    /** Sends what has been put so far. Any thread. */
    void send();
  }

  private final @Nullable Task[] calls = new Task[MOST];
  private final Replies replies;
  private volatile int cursor;
  private int size;
  private boolean urgent;
  private volatile @Nullable Thread runner;

  /** A chunk of calls whose replies go there. */
  public Chunk(Replies replies) {
    this.replies = replies;
  }

  /** Adds a call; only before the chunk is dispatched. */
  public void add(Task call) {
    calls[size++] = call;
  }

  /** Its calls are known to take long: no thread that is busy now should be waited for. */
  public void markUrgent() {
    urgent = true;
  }

  public boolean isUrgent() {
    return urgent;
  }

  public boolean isFull() {
    return size == MOST;
  }

  public int size() {
    return size;
  }

  /** What to hold while it runs; null: its one reply should leave at once. */
  @Nullable Replies heldReplies() {
    return size > 1 ? replies : null;
  }

  /** Takes and runs calls until all are taken. The caller holds the replies. */
  @Override
  public void run() {
    runner = Thread.currentThread();
    long heldSince = size > CALLS_PER_LOOK ? System.nanoTime() : 0;
    int next;
    while ((next = CURSOR.getAndIncrement(this)) < size) {
      Task call = calls[next];
      calls[next] = null;
      if (call != null) {
        call.run();
      }
      if (next % CALLS_PER_LOOK == CALLS_PER_LOOK - 1) {
        heldSince = sendIfHeldLong(heldSince);
      }
    }
  }

  /** Whether the thread that has the chunk waits for something other than its turn on a core. */
  boolean isBlocked() {
    Thread thread = runner;
    return thread != null && thread.getState() != Thread.State.RUNNABLE;
  }

  /** A call holds the others up: what was replied before it need not wait. */
  void sendReplies() {
    replies.send();
  }

  /** Turns all calls away; only instead of dispatching the chunk. */
  public void refuse(String reason) {
    for (int i = 0; i < size; i++) {
      Task call = calls[i];
      if (call != null) {
        call.refuse(reason);
      }
    }
  }

  /** How many calls have been taken; beyond {@link #size} when all have. */
  int taken() {
    return cursor;
  }

  private long sendIfHeldLong(long heldSince) {
    long now = System.nanoTime();
    if (now - heldSince < LONGEST_HOLD_NANOS) {
      return heldSince;
    }
    replies.send();
    return now;
  }
}
