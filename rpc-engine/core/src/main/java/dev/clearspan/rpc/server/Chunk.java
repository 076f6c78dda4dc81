package dev.clearspan.rpc.server;

import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * Calls of one read burst that are run one after another. May be run by several threads at once:
 * each call is taken by one of them.
 */
public final class Chunk implements Runnable {
  public static final int MOST = 16;

  /** A call that is either run or turned away. */
  public interface Task extends Runnable {
    /** There is no room; the reason is for the caller. */
    void refuse(String reason);
  }

  private final @Nullable Task[] calls = new Task[MOST];
  private final AtomicInteger cursor = new AtomicInteger();
  private int size;

  /** Adds a call; only before the chunk is dispatched. */
  public void add(Task call) {
    calls[size++] = call;
  }

  public boolean isFull() {
    return size == MOST;
  }

  public int size() {
    return size;
  }

  @Override
  public void run() {
    int next;
    while ((next = cursor.getAndIncrement()) < size) {
      Task call = calls[next];
      calls[next] = null;
      if (call != null) {
        call.run();
      }
    }
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
    return cursor.get();
  }
}
