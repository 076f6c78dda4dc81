package dev.clearspan.rpc.internal.netty;

import io.netty.util.concurrent.DefaultThreadFactory;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * Where large payloads are parsed, so that no event loop is held up. Bounded by the calls in
 * flight: each has at most one reply.
 */
public final class LargePayloads {
  private static final ThreadPoolExecutor PARSERS = parsers();

  private LargePayloads() {}

  /** Has the task run on a thread that may be held up. */
  public static void parse(Runnable task) {
    PARSERS.execute(task);
  }

  private static ThreadPoolExecutor parsers() {
    int threads = Runtime.getRuntime().availableProcessors();
    ThreadPoolExecutor pool =
        new ThreadPoolExecutor(
            threads,
            threads,
            10,
            TimeUnit.SECONDS,
            new LinkedBlockingQueue<>(),
            new DefaultThreadFactory("clearspan-parser", true));
    pool.allowCoreThreadTimeOut(true);
    return pool;
  }
}
