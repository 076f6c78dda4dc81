package dev.clearspan.rpc.internal.transport;

import dev.clearspan.rpc.Compression;
import dev.clearspan.rpc.Criticality;
import dev.clearspan.rpc.Deadline;
import dev.clearspan.rpc.Metadata;
import dev.clearspan.rpc.MethodSpec;
import dev.clearspan.rpc.ledger.TraceContext;

/**
 * What opens one attempt of a streaming call; its messages follow.
 *
 * @param attempt 1 for the first
 * @param criticality how much it matters to the caller
 * @param compression how its messages are packed, where the protocol can
 */
public record StreamRequest<Q, R>(
    MethodSpec<Q, R> method,
    Metadata metadata,
    Deadline deadline,
    int attempt,
    TraceContext trace,
    Criticality criticality,
    Compression compression) {

  /** A request of the usual class that is sent as it is. */
  public StreamRequest(
      MethodSpec<Q, R> method,
      Metadata metadata,
      Deadline deadline,
      int attempt,
      TraceContext trace) {
    this(method, metadata, deadline, attempt, trace, Criticality.CRITICAL, Compression.NONE);
  }

  /** The unary attempt with this one message. */
  public AttemptRequest<Q, R> unary(Q message) {
    return new AttemptRequest<>(
        method, message, metadata, deadline, attempt, trace, criticality, compression);
  }
}
