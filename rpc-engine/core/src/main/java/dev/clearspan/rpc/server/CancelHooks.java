package dev.clearspan.rpc.server;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;

/** Actions to run when a call is cancelled: each once, later ones at once. Thread-safe. */
final class CancelHooks {
  private final ReentrantLock lock = new ReentrantLock();
  private final Set<Runnable> hooks = new LinkedHashSet<>(2); // guarded by lock
  private boolean cancelled; // guarded by lock

  void add(Runnable hook) {
    if (!addIfOpen(hook)) {
      hook.run();
    }
  }

  void remove(Runnable hook) {
    lock.lock();
    try {
      hooks.remove(hook);
    } finally {
      lock.unlock();
    }
  }

  /** The actions to run now. */
  List<Runnable> cancel() {
    lock.lock();
    try {
      cancelled = true;
      List<Runnable> due = List.copyOf(hooks);
      hooks.clear();
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
      if (!cancelled) {
        hooks.add(hook);
      }
      return !cancelled;
    } finally {
      lock.unlock();
    }
  }
}
