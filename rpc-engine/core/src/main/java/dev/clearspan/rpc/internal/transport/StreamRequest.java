package dev.clearspan.rpc.internal.transport;

import dev.clearspan.rpc.Compression;
import dev.clearspan.rpc.Deadline;
import dev.clearspan.rpc.Metadata;
import dev.clearspan.rpc.MethodSpec;
import dev.clearspan.rpc.ledger.TraceContext;

/**
 * What opens one attempt of a streaming call; its messages follow.
 *
 * @param attempt 1 for the first
 * @param compression how its messages are packed, where the protocol can
 */
public record StreamRequest<Q, R>(
    MethodSpec<Q, R> method,
    Metadata metadata,
    Deadline deadline,
    int attempt,
    TraceContext trace,
    Compression compression) {

  /** A request that is sent as it is. */
  public StreamRequest(
      MethodSpec<Q, R> method,
      Metadata metadata,
      Deadline deadline,
      int attempt,
      TraceContext trace) {
    this(method, metadata, deadline, attempt, trace, Compression.NONE);
  }
}
