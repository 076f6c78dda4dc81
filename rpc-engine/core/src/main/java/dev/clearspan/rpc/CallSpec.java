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
 * @param attempt on the server, which attempt of its caller this is, from 1; on the client, that of
 *     the served call it is made for. What is made for a repeated call is not repeated itself
 */
public record CallSpec<Q, R>(
    Side side,
    MethodSpec<Q, R> method,
    Metadata metadata,
    Deadline deadline,
    String peerService,
    String traceId,
    Criticality criticality,
    int attempt) {

  /** A first attempt of the usual class. */
  public CallSpec(
      Side side,
      MethodSpec<Q, R> method,
      Metadata metadata,
      Deadline deadline,
      String peerService,
      String traceId) {
    this(side, method, metadata, deadline, peerService, traceId, Criticality.CRITICAL, 1);
  }

  /** Which end of the call. */
  public enum Side {
    CLIENT,
    SERVER
  }

  public CallSpec<Q, R> withMetadata(Metadata value) {
    return new CallSpec<>(
        side, method, value, deadline, peerService, traceId, criticality, attempt);
  }

  public CallSpec<Q, R> withDeadline(Deadline value) {
    return new CallSpec<>(
        side, method, metadata, value, peerService, traceId, criticality, attempt);
  }

  public CallSpec<Q, R> withCriticality(Criticality value) {
    return new CallSpec<>(side, method, metadata, deadline, peerService, traceId, value, attempt);
  }
}
