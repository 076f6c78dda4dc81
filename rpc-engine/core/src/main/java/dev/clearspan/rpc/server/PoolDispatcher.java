package dev.clearspan.rpc.server;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.LockSupport;
import org.jctools.queues.atomic.MpmcAtomicArrayQueue;
import org.jspecify.annotations.Nullable;

/**
 * A bounded pool of platform threads around one lock-free queue.
 *
 * <p>Waking a thread costs more than a fast handler. So a worker without work searches for a moment
 * before it parks, at most one is woken at a time, and none while another is at work and fewer than
 * {@value #BACKLOG} chunks wait, unless they are urgent. What this leaves waiting the watchdog
 * finds: when work waits, none was taken since its last look, and fewer workers than cores can run
 * (the others are blocked in handlers), a few more are woken or started, up to {@value
 * #MOST_WORKERS}. Workers beyond the number of cores end after {@value #IDLE_SECONDS} idle seconds.
 */
final class PoolDispatcher implements Dispatcher {
  static final int MOST_WORKERS = 256;
  static final int QUEUE = 8192;

  private static final int IDLE_SECONDS = 30;
  private static final int SEARCH_ROUNDS = 32;
  private static final int MOST_NEW_WORKERS = 8;
  private static final int BACKLOG = 3;
  // A worker in the kernel looks like one that waits for its turn on a core: time tells.
  private static final int PATIENT_LOOKS = 20;

  private final MpmcAtomicArrayQueue<Runnable> queue = new MpmcAtomicArrayQueue<>(QUEUE);
  private final ConcurrentLinkedDeque<Worker> parked = new ConcurrentLinkedDeque<>();
  private final Set<Worker> all = ConcurrentHashMap.newKeySet();
  private final AtomicInteger searching = new AtomicInteger();
  private final AtomicInteger atWork = new AtomicInteger();
  private final AtomicInteger workers = new AtomicInteger();
  private final AtomicInteger names = new AtomicInteger();
  private final int coreWorkers = Runtime.getRuntime().availableProcessors();
  private final Watchdog watchdog = new Watchdog(this::takeOver, this::growIfStuck);
  private volatile boolean closed;
  private final LongAdder polled = new LongAdder();
  private long polledAtLastLook; // watchdog's thread
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
      throw new IllegalStateException("dispatch queue is full: " + QUEUE);
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
    if (searching.get() == 0) {
      if (urgent || atWork.get() == 0 || queue.size() >= BACKLOG) {
        wakeOne();
      } else {
        watchdog.wake();
      }
    }
    return true;
  }

  private void takeOver(Chunk chunk) {
    // A full queue only means that the rest stays with the thread that has the chunk.
    boolean unused = offer(chunk, true);
  }

  private void wakeOne() {
    Worker worker = parked.pollFirst();
    if (worker != null) {
      LockSupport.unpark(worker.thread);
    } else if (workers.get() < coreWorkers) {
      addWorker();
    } else {
      watchdog.wake();
    }
  }

  private void addWorker() {
    if (workers.incrementAndGet() > MOST_WORKERS) {
      workers.decrementAndGet();
    } else {
      new Worker().thread.start();
    }
  }

  private void growIfStuck() {
    long now = polled.sum();
    int waiting = queue.size();
    stuckLooks = waiting > 0 && now == polledAtLastLook ? stuckLooks + 1 : 0;
    if (stuckLooks > 0 && (stuckLooks % PATIENT_LOOKS == 0 || ableToRun() < coreWorkers)) {
      for (int i = 0; i < Math.min(waiting, MOST_NEW_WORKERS); i++) {
        wakeOrAdd();
      }
    }
    polledAtLastLook = now;
  }

  private int ableToRun() {
    int able = 0;
    for (Worker worker : all) {
      able += worker.thread.getState() == Thread.State.RUNNABLE ? 1 : 0;
    }
    return able;
  }

  private void wakeOrAdd() {
    Worker worker = parked.pollFirst();
    if (worker != null) {
      LockSupport.unpark(worker.thread);
    } else {
      addWorker();
    }
  }

  private final class Worker implements Runnable {
    final Thread thread = new Thread(this, "clearspan-call-" + names.incrementAndGet());

    Worker() {
      thread.setDaemon(true);
    }

    @Override
    public void run() {
      try {
        Runnable task;
        all.add(this);
        atWork.incrementAndGet();
        while ((task = next()) != null) {
          task.run();
        }
      } finally {
        atWork.decrementAndGet();
        all.remove(this);
        workers.decrementAndGet();
      }
    }

    private @Nullable Runnable next() {
      Runnable task = queue.poll();
      if (task == null) {
        atWork.decrementAndGet();
        task = awaitTask();
        atWork.incrementAndGet();
      }
      if (task != null) {
        polled.increment();
      }
      return task;
    }

    private @Nullable Runnable awaitTask() {
      Runnable task = null;
      while (task == null && !closed) {
        task = search();
        if (task == null && !park()) {
          return null;
        }
      }
      return task;
    }

    private @Nullable Runnable search() {
      searching.incrementAndGet();
      Runnable task = null;
      for (int i = 0; task == null && i < SEARCH_ROUNDS; i++) {
        Thread.onSpinWait();
        task = queue.poll();
      }
      if (searching.decrementAndGet() == 0 && task != null && queue.size() >= BACKLOG) {
        wakeOne();
      }
      return task;
    }

    /** Waits to be woken; false if it waited so long that this worker should end. */
    private boolean park() {
      parked.addFirst(this);
      long since = System.nanoTime();
      while (parked.contains(this) && !closed) {
        if (!queue.isEmpty()) {
          boolean unused = parked.remove(this);
          return true;
        }
        LockSupport.parkNanos(this, TimeUnit.SECONDS.toNanos(IDLE_SECONDS));
        if (workers.get() > coreWorkers && idleSince(since) && parked.remove(this)) {
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
