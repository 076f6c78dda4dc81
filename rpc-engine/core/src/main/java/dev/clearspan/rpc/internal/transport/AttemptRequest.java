package dev.clearspan.rpc.internal.transport;

import dev.clearspan.rpc.Compression;
import dev.clearspan.rpc.Criticality;
import dev.clearspan.rpc.Deadline;
import dev.clearspan.rpc.Metadata;
import dev.clearspan.rpc.MethodSpec;
import dev.clearspan.rpc.ledger.TraceContext;

/**
 * What one attempt sends.
 *
 * @param attempt 1 for the first; travels on the wire so that nobody retries a retry
 * @param criticality how much it matters to the caller
 * @param compression how its messages are packed, where the protocol can
 */
public record AttemptRequest<Q, R>(
    MethodSpec<Q, R> method,
    Q message,
    Metadata metadata,
    Deadline deadline,
    int attempt,
    TraceContext trace,
    Criticality criticality,
    Compression compression) {

  /** A request of the usual class that is sent as it is. */
  public AttemptRequest(
      MethodSpec<Q, R> method,
      Q message,
      Metadata metadata,
      Deadline deadline,
      int attempt,
      TraceContext trace) {
    this(
        method,
        message,
        metadata,
        deadline,
        attempt,
        trace,
        Criticality.CRITICAL,
        Compression.NONE);
  }
}
