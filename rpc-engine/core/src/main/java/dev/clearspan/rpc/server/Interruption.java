package dev.clearspan.rpc.server;

import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * Interrupts the thread that runs a handler, but never what that thread does afterwards. States:
 * none, the running thread, {@link #UNDER_WAY}, {@link #OVER}.
 */
@SuppressWarnings("serial") // an AtomicReference only to save an object per call
final class Interruption extends AtomicReference<@Nullable Object> {
  private static final Object UNDER_WAY = new Object();
  private static final Object OVER = new Object();

  /** This thread runs the handler now; false if the call was interrupted before it began. */
  boolean enter() {
    return compareAndSet(null, Thread.currentThread());
  }

  /** The handler has returned; clears the thread's interrupt flag. */
  void exit() {
    if (!compareAndSet(Thread.currentThread(), OVER)) {
      while (get() == UNDER_WAY) {
        Thread.onSpinWait();
      }
    }
    // Whoever set the flag, the next call on this thread is not meant.
    boolean unused = Thread.interrupted();
  }

  /** Interrupts the handler if it runs, prevents it if it has not begun. Once. */
  void interrupt() {
    Object now = get();
    if (now == null && compareAndSet(null, OVER)) {
      return;
    }
    now = get();
    if (now instanceof Thread thread && compareAndSet(thread, UNDER_WAY)) {
      thread.interrupt();
      set(OVER);
    }
  }
}
