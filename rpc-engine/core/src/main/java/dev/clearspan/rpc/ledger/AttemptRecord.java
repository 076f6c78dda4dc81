package dev.clearspan.rpc.ledger;

import dev.clearspan.rpc.Status;
import org.jspecify.annotations.Nullable;

/**
 * A finished attempt of a client call. Usually the attempt itself, so that nothing is copied; does
 * not change any more, and may be held until the call has ended.
 */
public interface AttemptRecord {
  /** 1 for the first. */
  int number();

  AttemptKind kind();

  /**
   * Instance id from the registry; null when no endpoint was picked (refused by a breaker, nothing
   * available).
   */
  @Nullable String peerInstance();

  /** "host:port" dialled; null as above. */
  @Nullable String peerAddress();

  /** How the attempt ended. */
  Status status();

  /** "OK", "STATUS", "NOT_SENT", "REFUSED", "UNKNOWN" or "CANCELLED". */
  String outcome();

  /** Null on success; else the status code's name, or a finer word such as "breaker_open". */
  @Nullable String errorType();

  /** {@link System#nanoTime} at the start. */
  long startNanos();

  /** Same clock, at the end. */
  long endNanos();

  /** Encoded payload; 0 when nothing was encoded. */
  int requestBytes();

  /** Payload received. */
  int responseBytes();

  /** Time the server says it took in all; -1 unknown. */
  long serverNanos();

  /** Part of it spent queued before the handler; -1 unknown. */
  long serverQueueNanos();

  /** Who can be asked for the rest of the trace; null: nobody. */
  default @Nullable Callee callee() {
    return null;
  }
}
