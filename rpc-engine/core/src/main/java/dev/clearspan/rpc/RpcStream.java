package dev.clearspan.rpc;

import org.jspecify.annotations.Nullable;

/**
 * One end of a streaming call, for code that waits: fine on virtual threads. One thread may send
 * while another receives; neither direction is for two threads at once.
 *
 * <pre>{@code
 * try (RpcStream<Chunk, Receipt> upload = channel.open(UPLOAD, CallOptions.DEFAULT)) {
 *   chunks.forEach(upload::send);
 *   upload.finish();
 *   return upload.receive();
 * }
 * }</pre>
 *
 * @param <S> what this side sends
 * @param <R> what this side receives
 */
public interface RpcStream<S, R> extends AutoCloseable {
  /**
   * Sends a message; waits while the peer's credit is used up.
   *
   * @throws RpcException if the call has ended, or ends while waiting
   */
  void send(S message);

  /** No more messages from this side. More than once is the same as once. */
  void finish();

  /**
   * Waits for the next message.
   *
   * @return null when the peer has sent its last; on a client the call has then ended with OK
   * @throws RpcException if the call has ended otherwise
   */
  @Nullable R receive();

  /** Ends the call with CANCELLED, unless it is over. */
  @Override
  void close();
}
