package dev.clearspan.rpc;

/**
 * Where messages are sent one by one, by one thread at a time.
 *
 * @param <T> the messages
 */
@FunctionalInterface
public interface Outgoing<T> {
  /**
   * Sends a message; waits while the peer's credit is used up.
   *
   * @throws RpcException if the call has ended, or ends while waiting
   */
  void send(T message);
}
