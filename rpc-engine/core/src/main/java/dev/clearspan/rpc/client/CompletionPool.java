package dev.clearspan.rpc.client;

import java.util.concurrent.Executor;
import java.util.concurrent.ForkJoinPool;

/**
 * Runs what users hang on asynchronous calls, so that none of it runs on an event loop. One per
 * process, of daemon threads; its queue is bounded by the calls in flight.
 */
final class CompletionPool {
  private static final int THREADS = Math.max(2, Runtime.getRuntime().availableProcessors());

  static final Executor SHARED =
      new ForkJoinPool(
          THREADS,
          pool -> {
            var thread = ForkJoinPool.defaultForkJoinWorkerThreadFactory.newThread(pool);
            thread.setName("clearspan-completion-" + thread.getPoolIndex());
            return thread;
          },
          null,
          true);

  private CompletionPool() {}
}
