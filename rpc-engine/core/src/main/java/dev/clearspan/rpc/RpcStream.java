package dev.clearspan.rpc;

/**
 * One end of a streaming call, for code that waits: fine on virtual threads. One thread may send
 * while another receives; neither direction is for two threads at once.
 *
 * <pre>{@code
 * try (RpcStream<Chunk, Receipt> upload = channel.open(UPLOAD, CallOptions.DEFAULT)) {
 *   chunks.forEach(upload::send);
 *   return upload.finishAndReceive();
 * }
 * }</pre>
 *
 * @param <S> what this side sends
 * @param <R> what this side receives
 */
public interface RpcStream<S, R> extends Outgoing<S>, Incoming<R> {
  /** No more messages from this side. More than once is the same as once. */
  void finish();

  /**
   * Finishes, and waits for the one message of a peer that sends only one.
   *
   * @throws RpcException if the call does not end with OK, or the peer sent none (INTERNAL)
   */
  default R finishAndReceive() {
    finish();
    R message = receive();
    if (message == null) {
      throw new RpcException(Status.Code.INTERNAL, "messages of the peer: none (expected: one)");
    }
    return message;
  }
}
