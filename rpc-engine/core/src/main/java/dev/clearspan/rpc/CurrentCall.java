package dev.clearspan.rpc;

import org.jspecify.annotations.Nullable;

/** Holds the served call of each thread; set by the server around a handler. */
public final class CurrentCall {
  private static final ThreadLocal<@Nullable Call> CURRENT = new ThreadLocal<>();

  private CurrentCall() {}

  static @Nullable Call get() {
    return CURRENT.get();
  }

  /** Runs the action with the call as this thread's current one. */
  public static void run(Call call, Runnable action) {
    Call before = CURRENT.get();
    CURRENT.set(call);
    try {
      action.run();
    } finally {
      CURRENT.set(before);
    }
  }
}
