package dev.clearspan.rpc.ledger;

/** A peer that calls went to, which can be asked for its part of their traces. Thread-safe. */
@FunctionalInterface
public interface Callee {
  /** Most traces asked for at once. */
  int MOST_TRACES = 256;

  /** Whether the protocol it is called by can carry the question at all; gRPC cannot. */
  default boolean canCollect() {
    return true;
  }

  /**
   * Asks the peer to keep its part of traces that it served calls of, and to ask on where it made
   * calls itself. There is no answer.
   *
   * @param traceIds upper and lower half of each id in turn, at most {@link #MOST_TRACES} ids
   * @return whether the peer is connected and understands; otherwise nothing was sent
   */
  boolean collect(long[] traceIds);
}
