package dev.clearspan.rpc.server;

import dev.clearspan.rpc.Deadline;
import dev.clearspan.rpc.Metadata;
import dev.clearspan.rpc.Status;

/**
 * A call being served, as the protocol that brought it sees it. Ends exactly once. Thread-safe.
 *
 * @param <R> the reply messages
 */
public sealed interface CallInProgress<R> extends Expiring permits RunningCall {
  /** What is called. */
  ServedMethod<?, R> method();

  /** When it ends at the latest; the protocol then says so by {@link #expire}. */
  @Override
  Deadline deadline();

  /** Trace id for people, 32 hex digits. */
  String traceId();

  /** What the handler wants sent before its reply. */
  Metadata headers();

  /** Whether the handler wants its replies compressed from now on. */
  boolean compressesReplies();

  /** What the handler wants sent with the status; a failure's own comes on top. */
  Metadata trailers();

  /** The deadline has passed: the caller is told, the handler is interrupted. */
  @Override
  void expire();

  /** The caller gave up or is gone: the handler is interrupted and nobody is answered. */
  void cancel();

  /**
   * Writes the call into the ledger. Called once, by where its outcome goes, when the size of the
   * reply is known.
   *
   * @param responseBytes payload sent in all
   * @return times and keep bit for the reply
   */
  ServerCall.Timing record(Status status, int responseBytes);
}
