package dev.clearspan.rpc.internal.transport;

import dev.clearspan.rpc.StreamSender;
import dev.clearspan.rpc.balance.LoadReport;
import dev.clearspan.rpc.ledger.Callee;
import org.jspecify.annotations.Nullable;

/** The multiplexed way to one endpoint, be it one connection or several. Thread-safe. */
public interface EndpointConnection extends AutoCloseable {
  ConnectionState state();

  /** Calls sent and not yet ended. */
  int inFlight();

  /** What the server said last of its load; null: nothing. */
  default @Nullable LoadReport loadReport() {
    return null;
  }

  /** Connections that are READY. */
  default int open() {
    return state() == ConnectionState.READY ? 1 : 0;
  }

  /**
   * Sends one unary attempt. The request is encoded on the calling thread. The listener hears
   * exactly one {@link AttemptResult}, on an event loop or, for NOT_SENT, possibly before this
   * returns. While CONNECTING the attempt waits for READY; the caller's deadline ends it.
   *
   * @throws dev.clearspan.rpc.RpcException if the request cannot be encoded (INTERNAL) or is larger
   *     than the peer accepts (RESOURCE_EXHAUSTED); the listener then hears nothing
   */
  <Q, R> SentAttempt send(AttemptRequest<Q, R> request, AttemptListener<R> listener);

  /**
   * Opens one attempt of a call of any shape; its messages follow on what is returned. The listener
   * hears exactly one {@link AttemptResult}, last, on an event loop or, for NOT_SENT, possibly
   * before this returns. What is sent while CONNECTING waits for READY. Cancelling the stream is
   * giving the attempt up, as {@link SentAttempt#cancel}.
   */
  <Q, R> StreamSender<Q> open(StreamRequest<Q, R> request, StreamAttemptListener<R> listener);

  /** Whether its protocol can carry {@link #collect}. */
  default boolean canCollect() {
    return false;
  }

  /**
   * Asks the endpoint for its part of traces, if its protocol knows how.
   *
   * @param traceIds upper and lower half of each id in turn, at most {@link Callee#MOST_TRACES} ids
   * @return whether it was sent, or at least will be unless the connection is lost
   */
  default boolean collect(long[] traceIds) {
    return false;
  }

  /**
   * Whether the endpoint is under suspicion: then it is pinged though no call is in flight, and one
   * that does not answer becomes UNREACHABLE. Does nothing where there is nothing to ping.
   */
  default void probe(boolean on) {}

  /** Closes it; attempts in flight end with UNKNOWN. */
  @Override
  void close();

  /** An attempt on its way. */
  @FunctionalInterface
  interface SentAttempt {
    /**
     * Gives the attempt up: CANCEL is sent if the request was. The listener still hears exactly one
     * result, at once, with status CANCELLED, if it had not heard one.
     */
    void cancel();
  }

  /** Hears how an attempt ended. */
  @FunctionalInterface
  interface AttemptListener<R> {
    void ended(AttemptResult<R> result);
  }
}
