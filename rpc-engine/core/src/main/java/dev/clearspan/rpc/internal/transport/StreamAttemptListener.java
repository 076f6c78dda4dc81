package dev.clearspan.rpc.internal.transport;

import dev.clearspan.rpc.Metadata;

/**
 * Hears what comes back on one attempt of a streaming call. Called in order on the connection's
 * event loop, or, for NOT_SENT, possibly before {@link EndpointConnection#open} returns.
 */
public interface StreamAttemptListener<R> {
  /** The server's initial metadata; at most once, before its first message. */
  void headers(Metadata headers);

  /** One message; only as many as were requested. */
  void message(R message);

  /** The stream's isReady has become true. */
  void ready();

  /** The attempt is over; last, and exactly once. {@code Replied} carries trailers, no message. */
  void ended(AttemptResult<R> result);
}
