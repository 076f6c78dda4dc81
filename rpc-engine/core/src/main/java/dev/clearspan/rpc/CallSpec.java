package dev.clearspan.rpc;

/**
 * A call as interceptors see it, on either side. Immutable: an interceptor that changes something
 * proceeds with a changed copy.
 *
 * @param side where we are
 * @param method what is called
 * @param metadata request metadata
 * @param deadline when it ends at the latest
 * @param peerService on the client the called service, on the server the calling one ("" unknown)
 * @param traceId 32 hex digits
 * @param criticality how much it matters
 */
public record CallSpec<Q, R>(
    Side side,
    MethodSpec<Q, R> method,
    Metadata metadata,
    Deadline deadline,
    String peerService,
    String traceId,
    Criticality criticality) {

  /** A call of the usual class. */
  public CallSpec(
      Side side,
      MethodSpec<Q, R> method,
      Metadata metadata,
      Deadline deadline,
      String peerService,
      String traceId) {
    this(side, method, metadata, deadline, peerService, traceId, Criticality.CRITICAL);
  }

  /** Which end of the call. */
  public enum Side {
    CLIENT,
    SERVER
  }

  public CallSpec<Q, R> withMetadata(Metadata value) {
    return new CallSpec<>(side, method, value, deadline, peerService, traceId, criticality);
  }

  public CallSpec<Q, R> withDeadline(Deadline value) {
    return new CallSpec<>(side, method, metadata, value, peerService, traceId, criticality);
  }

  public CallSpec<Q, R> withCriticality(Criticality value) {
    return new CallSpec<>(side, method, metadata, deadline, peerService, traceId, value);
  }
}
