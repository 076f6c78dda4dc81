package dev.clearspan.rpc.server;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import org.jctools.queues.atomic.MpmcAtomicArrayQueue;
import org.jspecify.annotations.Nullable;

/**
 * What waits for a thread, lock-free, and an estimate of how long it will. Threads that are awake
 * anyway run it one after another ({@link #run}); whether one more is worth waking up is a question
 * of how long they would take: waking a thread costs more than a fast handler.
 */
final class WorkQueue {
  static final int MOST = 8192;

  /** Work of so long may wait for a thread that is awake. */
  private static final long PATIENCE_NANOS = TimeUnit.MICROSECONDS.toNanos(200);

  /** Longer runs say that a handler blocked, not how long the next chunk takes. */
  private static final long LONGEST_SAMPLE_NANOS = TimeUnit.MILLISECONDS.toNanos(1);

  private static final int MOST_HELD = 4;
  private static final int SMOOTHING = 8;

  private final MpmcAtomicArrayQueue<Runnable> tasks = new MpmcAtomicArrayQueue<>(MOST);
  private final LongAdder taken = new LongAdder();
  // A smoothed estimate: races only lose a sample.
  private long chunkNanos;

  /** Adds a task; false if there is no room. */
  boolean offer(Runnable task) {
    return tasks.offer(task);
  }

  boolean isEmpty() {
    return tasks.isEmpty();
  }

  int size() {
    return tasks.size();
  }

  /** How many tasks have been taken so far. */
  long taken() {
    return taken.sum();
  }

  /** Whether so many threads would leave what waits waiting for too long. */
  boolean isTooMuchFor(int threads) {
    return tasks.size() * chunkNanos > PATIENCE_NANOS * threads;
  }

  /**
   * Runs a chunk, if given, and then what waits on this thread until nothing does. Replies to one
   * connection leave together: at the end, or after {@value #MOST_HELD} chunks.
   */
  void run(@Nullable Chunk first) {
    Turn turn = new Turn();
    try {
      Runnable task = first != null ? first : take();
      while (task != null) {
        turn.run(task);
        task = take();
      }
    } finally {
      turn.release();
    }
  }

  private @Nullable Runnable take() {
    Runnable task = tasks.poll();
    if (task != null) {
      taken.increment();
    }
    return task;
  }

  /** One thread's way through the queue. */
  private final class Turn {
    private Chunk.@Nullable Replies held;
    private int chunks;
    private long began = System.nanoTime();

    void run(Runnable task) {
      hold(task instanceof Chunk chunk ? chunk.heldReplies() : null);
      task.run();
      learn();
    }

    void release() {
      if (held != null) {
        held.release();
        held = null;
      }
    }

    private void hold(Chunk.@Nullable Replies next) {
      if (held != next || chunks == MOST_HELD) {
        release();
      }
      if (next != null && held == null) {
        held = next;
        chunks = 0;
        next.hold();
      }
      chunks++;
    }

    private void learn() {
      long now = System.nanoTime();
      long sample = Math.min(LONGEST_SAMPLE_NANOS, now - began);
      chunkNanos += (sample - chunkNanos) / SMOOTHING;
      began = now;
    }
  }
}
