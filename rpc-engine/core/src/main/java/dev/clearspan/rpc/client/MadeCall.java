package dev.clearspan.rpc.client;

import dev.clearspan.rpc.Status;
import dev.clearspan.rpc.ledger.CallRecord;
import org.jspecify.annotations.Nullable;

/** What the ledger may ask of a call that has ended. */
abstract class MadeCall implements CallRecord {
  private final long startNanos;
  // Written by the one that ends the call.
  private Status status = Status.OK;
  private @Nullable String errorType;
  private long endNanos;

  MadeCall(long startNanos) {
    this.startNanos = startNanos;
  }

  /** It has ended now; {@code finer} is null on success. */
  final void endedAt(long nanos, Status result, @Nullable String finer) {
    status = result;
    errorType = finer;
    endNanos = nanos;
  }

  @Override
  public final Status status() {
    return status;
  }

  @Override
  public final @Nullable String errorType() {
    return errorType;
  }

  @Override
  public final long startNanos() {
    return startNanos;
  }

  @Override
  public final long endNanos() {
    return endNanos;
  }
}
