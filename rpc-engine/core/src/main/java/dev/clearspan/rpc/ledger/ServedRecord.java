package dev.clearspan.rpc.ledger;

import dev.clearspan.rpc.Status;
import org.jspecify.annotations.Nullable;

/**
 * A finished call on the server. Usually the call itself, so that nothing is copied for a ledger
 * that wants to know less; valid while it is told, not to be held.
 */
public interface ServedRecord {
  /** What was answered. */
  Status status();

  /** Null on success; else the status code's name, or the exception's class. */
  @Nullable String errorType();

  /** {@link System#nanoTime} when the request was decoded. */
  long startNanos();

  /** Same clock, when the handler began; equals {@link #endNanos} when none ran. */
  long handlerNanos();

  /** Same clock, when the reply was handed to the connection. */
  long endNanos();

  /** Payload received. */
  int requestBytes();

  /** Payload sent. */
  int responseBytes();
}
