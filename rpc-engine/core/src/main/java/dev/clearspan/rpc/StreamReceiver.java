package dev.clearspan.rpc;

import org.jspecify.annotations.Nullable;

/**
 * Hears what comes on a stream. Called by one thread at a time, in order, often an event loop: must
 * not block.
 *
 * @param <R> what this side receives
 */
public interface StreamReceiver<R> {
  /** The peer's initial metadata; at most once, before its first message. */
  default void headers(Metadata headers) {}

  /** One message; only as many as were requested. */
  void message(R message);

  /** The peer sends no more messages. On a client {@link #ended} follows at once. */
  default void finished() {}

  /** {@link StreamSender#isReady} has become true. */
  default void ready() {}

  /**
   * The call is over: the last thing heard, exactly once.
   *
   * @param failure null if it ended with OK
   * @param trailers the peer's closing metadata; empty on servers
   */
  void ended(@Nullable RpcException failure, Metadata trailers);
}
