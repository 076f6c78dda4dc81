package dev.clearspan.rpc.server;

/** A virtual thread per chunk. Bounded by the calls in flight that the gate admits. */
final class VirtualDispatcher implements Dispatcher {
  private final Watchdog watchdog = new Watchdog(VirtualThreads::start, () -> {});

  @Override
  public boolean dispatch(Chunk chunk) {
    VirtualThreads.start(chunk);
    watchdog.watch(chunk);
    return true;
  }

  @Override
  public void execute(Runnable task) {
    VirtualThreads.start(task);
  }

  @Override
  public int queued() {
    return 0;
  }

  @Override
  public String description() {
    return "Runs calls on virtual threads, up to 16 of one read burst one after another.";
  }

  @Override
  public void close() {
    watchdog.close();
  }
}
