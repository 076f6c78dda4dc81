package dev.clearspan.rpc;

/**
 * The sending half of a stream, without blocking: what is sent while the peer's credit is used up
 * is queued, so a sender that has much to send waits for {@link StreamReceiver#ready}. Thread-safe;
 * messages leave in the order of the calls.
 *
 * @param <S> what this side sends
 */
public interface StreamSender<S> {
  /**
   * Sends a message, or queues it. After the end of the call it is dropped: the receiver has heard
   * why.
   *
   * @throws RpcException if the message cannot be encoded (INTERNAL), or is larger than the peer
   *     accepts or too much is queued (RESOURCE_EXHAUSTED); the call goes on
   * @throws IllegalStateException after {@link #finish}
   */
  void send(S message);

  /**
   * Whether little is queued, so that it is time to send more; {@link StreamReceiver#ready} tells
   * when this becomes true again.
   */
  boolean isReady();

  /** No more messages from this side. More than once is the same as once. */
  void finish();

  /**
   * Accepts that many more messages; none is delivered before the first request.
   *
   * @param messages at least 1
   */
  void request(int messages);

  /**
   * Ends the call with CANCELLED on both sides, unless it has ended.
   *
   * @param reason for people
   */
  void cancel(String reason);
}
