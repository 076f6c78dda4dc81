package dev.clearspan.rpc.server;

import dev.clearspan.rpc.Metadata;
import dev.clearspan.rpc.Status;

/**
 * Where the replies of a {@link ServerStream} go: one implementation per protocol, one instance per
 * call. Called on any thread, headers before messages, and at last exactly one of {@code end} and
 * {@code abandoned}; what comes after that is ignored.
 *
 * @param <R> the reply messages
 */
public interface StreamWire<R> {
  /** Initial metadata, not empty; at most once. */
  void headers(Metadata headers);

  /**
   * Sends a message, or queues it until the caller has room.
   *
   * @throws dev.clearspan.rpc.RpcException if it cannot be encoded (INTERNAL), or is larger than
   *     the caller accepts or too much is queued (RESOURCE_EXHAUSTED); nothing was sent then
   */
  void message(R message);

  /** Whether little is queued; {@link ServerStream#writable} tells when it becomes true again. */
  boolean isWritable();

  /** Accepts that many more requests, which are then told as {@link ServerStream#message}. */
  void request(int messages);

  /**
   * The outcome. Must ask {@link CallInProgress#record} for the keep bit.
   *
   * @param trailers metadata to send with the status
   */
  void end(CallInProgress<R> call, Status status, Metadata trailers, Ending ending);

  /** Nobody waits for a reply any more. Must call {@link CallInProgress#record}. */
  void abandoned(CallInProgress<R> call);

  /** What an outcome means for the messages before it. */
  enum Ending {
    /** The handler's word: it leaves after them. */
    HANDLED,
    /** The call was cut off, by its deadline or by bad input: those queued are dropped. */
    CUT_OFF,
    /** No handler ran: there are none. */
    REFUSED
  }
}
