package dev.clearspan.rpc.server;

/** Runs handlers away from the event loops. Thread-safe. */
public interface Dispatcher extends AutoCloseable {
  /** Has the calls run soon; false if there is no room, and then none of them runs. */
  boolean dispatch(Chunk chunk);

  /** Runs a short task of user code, such as a cancellation hook. */
  void execute(Runnable task);

  /** Chunks waiting for a thread. */
  int queued();

  /** One sentence for the pipeline list. */
  String description();

  /** Stops taking calls; those that run are not interrupted. */
  @Override
  void close();

  /** On virtual threads where the JDK has them, else on a bounded pool. */
  static Dispatcher create() {
    return VirtualThreads.AVAILABLE ? new VirtualDispatcher() : new PoolDispatcher();
  }
}
