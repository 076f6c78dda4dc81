package dev.clearspan.rpc.server;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;

/** Actions to run when a call is cancelled: each once, later ones at once. Thread-safe. */
final class CancelHooks {
  private final ReentrantLock lock = new ReentrantLock();
  private List<Runnable> hooks = new ArrayList<>(1); // guarded by lock
  private boolean cancelled; // guarded by lock

  void add(Runnable hook) {
    if (!addIfOpen(hook)) {
      hook.run();
    }
  }

  /** The actions to run now. */
  List<Runnable> cancel() {
    lock.lock();
    try {
      cancelled = true;
      List<Runnable> due = hooks;
      hooks = List.of();
      return due;
    } finally {
      lock.unlock();
    }
  }

  /** Runs the actions; {@code log} hears of those that fail. */
  static void run(List<Runnable> hooks, Consumer<RuntimeException> log) {
    for (Runnable hook : hooks) {
      try {
        hook.run();
      } catch (RuntimeException e) {
        log.accept(e);
      }
    }
  }

  private boolean addIfOpen(Runnable hook) {
    lock.lock();
    try {
      return !cancelled && hooks.add(hook);
    } finally {
      lock.unlock();
    }
  }
}
