package dev.clearspan.rpc.server;

import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * Where handlers that wait on streams run. A stream holds its thread as long as it lives, so these
 * are not the threads of unary calls: virtual ones on 21+, else at most {@value #MOST} of their
 * own. Thread-safe.
 */
public final class StreamThreads implements AutoCloseable {
  static final int MOST = 256;

  private static final int IDLE_SECONDS = 30;

  private final @Nullable ThreadPoolExecutor pool;

  private StreamThreads(@Nullable ThreadPoolExecutor pool) {
    this.pool = pool;
  }

  /** Virtual threads where the JDK has them, else a bounded pool. */
  public static StreamThreads create() {
    return VirtualThreads.AVAILABLE ? new StreamThreads(null) : pool(MOST);
  }

  static StreamThreads pool(int most) {
    return new StreamThreads(
        new ThreadPoolExecutor(
            0, most, IDLE_SECONDS, TimeUnit.SECONDS, new SynchronousQueue<>(), threads()));
  }

  /** Runs the handler on a thread of its own; false if all are taken. */
  boolean start(Runnable handler) {
    if (pool == null) {
      VirtualThreads.start(handler);
      return true;
    }
    try {
      pool.execute(handler);
      return true;
    } catch (RejectedExecutionException e) {
      return false;
    }
  }

  /** Takes no further handlers; those that run are not interrupted. */
  @Override
  public void close() {
    if (pool != null) {
      pool.shutdown();
    }
  }

  private static ThreadFactory threads() {
    AtomicInteger names = new AtomicInteger();
    return task -> {
      Thread thread = new Thread(task, "clearspan-stream-" + names.incrementAndGet());
      thread.setDaemon(true);
      return thread;
    };
  }
}
