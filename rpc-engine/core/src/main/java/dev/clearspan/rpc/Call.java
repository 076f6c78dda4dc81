package dev.clearspan.rpc;

import org.jspecify.annotations.Nullable;

/**
 * The served call that the current thread is handling. Calls made from a handler inherit its
 * deadline and criticality. Thread-safe.
 */
public interface Call {
  /** What is called, by whom, until when and how much it matters. */
  CallSpec<?, ?> spec();

  /**
   * Who calls, by its TLS certificate: its SPIFFE id, else its first DNS name. Null without TLS,
   * without a certificate, and in calls that never left the process.
   */
  default @Nullable String callerIdentity() {
    return null;
  }

  /** Whether the caller gave up or the deadline passed: nobody waits for the reply any more. */
  boolean isCancelled();

  /** Runs the action when the caller gives up, at once if it has already. */
  void onCancel(Runnable action);

  /** Forgets an action given to {@link #onCancel}, if it has not run. */
  void offCancel(Runnable action);

  /**
   * Metadata to send before the first message of the reply; the last one set wins.
   *
   * @throws IllegalStateException if the reply has begun
   */
  void setHeaders(Metadata headers);

  /** Metadata to send with the status; the last one set wins. A failure's own is added to it. */
  void setTrailers(Metadata trailers);

  /**
   * Whether replies from now on are compressed, where protocol and caller can; by default none is.
   */
  default void compressReplies(boolean on) {}

  /** The call handled by this thread, or null outside of handlers. */
  static @Nullable Call current() {
    return CurrentCall.get();
  }
}
