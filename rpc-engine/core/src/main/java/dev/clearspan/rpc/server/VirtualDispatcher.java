package dev.clearspan.rpc.server;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Runs chunks on virtual threads. As with platform threads the dear thing is to wake up a core: so
 * chunks are queued, and a virtual thread runs one after another until none is left; another is
 * started when those there are blocked in handlers, or when what waits would take them too long. A
 * method known to block has a virtual thread for each call. Threads are bounded by the calls in
 * flight that the gate admits.
 */
final class VirtualDispatcher implements Dispatcher {
  private final WorkQueue queue = new WorkQueue();
  private final Set<Thread> threads = ConcurrentHashMap.newKeySet();
  private final int cores = Runtime.getRuntime().availableProcessors();
  // The thread that has a chunk is blocked: another goes on with it, then with the queue.
  private final Watchdog watchdog = new Watchdog(this::start, this::startIfStuck);
  private long takenAtLastLook; // watchdog's thread

  @Override
  public boolean dispatch(Chunk chunk) {
    if (chunk.isUrgent()) {
      VirtualThreads.start(chunk);
    } else if (queue.offer(chunk)) {
      startIfNeeded();
    } else {
      return false;
    }
    watchdog.watch(chunk);
    return true;
  }

  @Override
  public void execute(Runnable task) {
    VirtualThreads.start(task);
  }

  @Override
  public int queued() {
    return queue.size();
  }

  @Override
  public String description() {
    return "Runs calls on virtual threads, up to 16 of one read burst one after another.";
  }

  @Override
  public void close() {
    watchdog.close();
  }

  private void startIfNeeded() {
    int able = ableToRun();
    if (able == 0 || able < cores && queue.isTooMuchFor(able)) {
      start(null);
    } else {
      watchdog.wake();
    }
  }

  /** Those that are not blocked in a handler; counts no further than the cores. */
  private int ableToRun() {
    int able = 0;
    for (Thread thread : threads) {
      if (isAbleToRun(thread) && ++able == cores) {
        break;
      }
    }
    return able;
  }

  private static boolean isAbleToRun(Thread thread) {
    Thread.State state = thread.getState();
    return state == Thread.State.RUNNABLE || state == Thread.State.NEW;
  }

  /** Whether something waits. */
  private boolean startIfStuck() {
    long now = queue.taken();
    if (!queue.isEmpty() && (now == takenAtLastLook || ableToRun() == 0)) {
      start(null);
    }
    takenAtLastLook = now;
    return !queue.isEmpty();
  }

  private void start(@Nullable Chunk first) {
    Thread thread = VirtualThreads.create(() -> run(first));
    threads.add(thread);
    thread.start();
  }

  private void run(@Nullable Chunk first) {
    try {
      queue.run(first);
    } finally {
      threads.remove(Thread.currentThread());
    }
    // Whoever put something after the last look saw this thread at work.
    if (!queue.isEmpty() && ableToRun() == 0) {
      start(null);
    }
  }
}
