package dev.clearspan.rpc.ledger;

import dev.clearspan.rpc.Status;
import org.jspecify.annotations.Nullable;

/**
 * A finished client call with all its attempts behind it. Usually the call itself, so that nothing
 * is copied for a ledger that wants to know less; valid while it is told, not to be held.
 */
public interface CallRecord {
  /** What the caller got. */
  Status status();

  /** Null on success; else the status code's name or a finer word. */
  @Nullable String errorType();

  /** Attempts made; 0 when refused before any was sent. */
  int attempts();

  /** {@link System#nanoTime} at the start. */
  long startNanos();

  /** Same clock, at the end. */
  long endNanos();
}
