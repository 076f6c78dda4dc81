package dev.clearspan.rpc;

import java.util.Iterator;
import org.jspecify.annotations.Nullable;

/**
 * Messages that arrive one by one, for code that waits for them. Can be gone through once, by one
 * thread at a time.
 *
 * <pre>{@code
 * try (Incoming<Event> events = orders.watch(query)) {
 *   for (Event event : events) {
 *     show(event);
 *   }
 * }
 * }</pre>
 *
 * @param <T> the messages
 */
public interface Incoming<T> extends Iterable<T>, AutoCloseable {
  /**
   * Waits for the next message.
   *
   * @return null when the peer has sent its last; on a client the call has then ended with OK
   * @throws RpcException if the call has ended otherwise
   */
  @Nullable T receive();

  /** The messages not yet received. Its methods wait and throw as {@link #receive} does. */
  @Override
  default Iterator<T> iterator() {
    return new IncomingIterator<>(this);
  }

  /** Ends the call with CANCELLED, unless it is over. */
  @Override
  void close();
}
