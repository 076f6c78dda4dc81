package dev.clearspan.rpc.server;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;

/**
 * A bounded pool of platform threads around one lock-free queue.
 *
 * <p>Waking a thread costs more than a fast handler. So a worker without work searches for a moment
 * before it parks, and none is woken while another is able to run, unless what waits would take
 * those too long, or is urgent. Workers that are blocked in handlers are not able to run: then
 * others are woken or started, up to {@value #MOST_WORKERS}; what was queued before they blocked
 * the watchdog finds. Workers beyond the number of cores end after {@value #IDLE_SECONDS} idle
 * seconds.
 */
final class PoolDispatcher implements Dispatcher {
  static final int MOST_WORKERS = 256;

  private static final int IDLE_SECONDS = 30;
  private static final int SEARCH_ROUNDS = 32;
  private static final int MOST_NEW_WORKERS = 8;
  // A worker in the kernel looks like one that waits for its turn on a core: time tells.
  private static final int PATIENT_LOOKS = 40;

  private final WorkQueue queue = new WorkQueue();
  private final ConcurrentLinkedDeque<Worker> parked = new ConcurrentLinkedDeque<>();
  private final Set<Worker> all = ConcurrentHashMap.newKeySet();
  private final AtomicInteger workers = new AtomicInteger();
  private final AtomicInteger names = new AtomicInteger();
  private final int cores = Runtime.getRuntime().availableProcessors();
  private final Watchdog watchdog = new Watchdog(this::takeOver, this::growIfStuck);
  private volatile boolean closed;
  private long takenAtLastLook; // watchdog's thread
  private int stuckLooks; // watchdog's thread

  @Override
  public boolean dispatch(Chunk chunk) {
    if (!offer(chunk, chunk.isUrgent())) {
      return false;
    }
    watchdog.watch(chunk);
    return true;
  }

  @Override
  public void execute(Runnable task) {
    if (!offer(task, true)) {
      throw new IllegalStateException("dispatch queue is full: " + WorkQueue.MOST);
    }
  }

  @Override
  public int queued() {
    return queue.size();
  }

  @Override
  public String description() {
    return "Runs calls on a bounded pool, up to 16 of one read burst one after another.";
  }

  @Override
  public void close() {
    closed = true;
    watchdog.close();
    parked.forEach(worker -> LockSupport.unpark(worker.thread));
  }

  int workers() {
    return workers.get();
  }

  private boolean offer(Runnable task, boolean urgent) {
    if (closed || !queue.offer(task)) {
      return false;
    }
    int able = ableToRun();
    boolean more = able == 0 || able < cores && (urgent || queue.isTooMuchFor(able));
    if (more) {
      wakeOrAdd();
    } else if (!urgent || !wakeParked()) {
      watchdog.wake();
    }
    return true;
  }

  private void takeOver(Chunk chunk) {
    // A full queue only means that the rest stays with the thread that has the chunk.
    boolean unused = offer(chunk, true);
  }

  /** Those that are not blocked in a handler; counts no further than the cores. */
  private int ableToRun() {
    int able = 0;
    for (Worker worker : all) {
      if (worker.isAbleToRun() && ++able == cores) {
        break;
      }
    }
    return able;
  }

  private boolean wakeParked() {
    Worker worker = parked.pollFirst();
    if (worker == null) {
      return false;
    }
    worker.waking = true;
    LockSupport.unpark(worker.thread);
    return true;
  }

  private void wakeOrAdd() {
    if (wakeParked()) {
      return;
    }
    if (workers.incrementAndGet() <= MOST_WORKERS) {
      Worker fresh = new Worker();
      all.add(fresh);
      fresh.thread.start();
    } else {
      workers.decrementAndGet();
    }
  }

  /** Whether something waits for a worker that could be started. */
  private boolean growIfStuck() {
    long now = queue.taken();
    int waiting = queue.size();
    stuckLooks = waiting > 0 && now == takenAtLastLook ? stuckLooks + 1 : 0;
    if (waiting > 0 && (ableToRun() == 0 || isPatienceOver())) {
      for (int i = 0; i < Math.min(waiting, MOST_NEW_WORKERS); i++) {
        wakeOrAdd();
      }
    }
    takenAtLastLook = now;
    return waiting > 0 && workers.get() < MOST_WORKERS;
  }

  private boolean isPatienceOver() {
    return stuckLooks > 0 && stuckLooks % PATIENT_LOOKS == 0;
  }

  private final class Worker implements Runnable {
    final Thread thread = new Thread(this, "clearspan-call-" + names.incrementAndGet());

    /** Started or unparked, and not yet running: as good as able to run. */
    private volatile boolean waking = true;

    /** Set before the last look at the queue, so that what comes after it wakes a worker. */
    private volatile boolean idle;

    Worker() {
      thread.setDaemon(true);
    }

    boolean isAbleToRun() {
      return waking || !idle && thread.getState() == Thread.State.RUNNABLE;
    }

    @Override
    public void run() {
      try {
        do {
          idle = false;
          waking = false;
          queue.run(null);
        } while (awaitWork());
      } finally {
        all.remove(this);
        workers.decrementAndGet();
      }
    }

    /** Waits until there may be work; false: this worker should end. */
    private boolean awaitWork() {
      for (int i = 0; i < SEARCH_ROUNDS; i++) {
        Thread.onSpinWait();
        if (!queue.isEmpty()) {
          return true;
        }
      }
      return park();
    }

    private boolean park() {
      idle = true;
      parked.addFirst(this);
      long since = System.nanoTime();
      while (!waking && !closed) {
        // What was put while this worker looked able to run may have woken nobody.
        if (!queue.isEmpty() && parked.remove(this)) {
          return true;
        }
        LockSupport.parkNanos(this, TimeUnit.SECONDS.toNanos(IDLE_SECONDS));
        if (workers.get() > cores && idleSince(since) && parked.remove(this)) {
          return false;
        }
      }
      return !closed;
    }

    private boolean idleSince(long since) {
      return System.nanoTime() - since >= TimeUnit.SECONDS.toNanos(IDLE_SECONDS);
    }
  }
}
