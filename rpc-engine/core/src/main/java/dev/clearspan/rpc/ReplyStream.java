package dev.clearspan.rpc;

/**
 * What an {@link ServiceDefinition.AsyncHandler} answers on. Thread-safe.
 *
 * @param <R> the reply messages
 */
public interface ReplyStream<R> extends StreamSender<R> {
  /**
   * Sends the initial metadata now; otherwise it leaves with the first message.
   *
   * @throws IllegalStateException if the reply has begun
   */
  void headers(Metadata headers);

  /**
   * Ends the call; {@link #finish} is the same with OK and no trailers. After the end of the call
   * it does nothing.
   */
  void end(Status status, Metadata trailers);
}
