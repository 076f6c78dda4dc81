package dev.clearspan.rpc.server;

import dev.clearspan.rpc.Metadata;
import dev.clearspan.rpc.Status;

/**
 * Where a served call's outcome goes: one implementation per protocol, one instance per call. Hears
 * exactly one of the three, on any thread. Must ask {@link CallInProgress#record} for the keep bit
 * once the size of the reply is known.
 */
public interface ReplySink<R> {
  /**
   * The handler's reply.
   *
   * @throws RuntimeException if it cannot be encoded, in which case nothing was sent and {@link
   *     #failed} follows
   */
  void replied(CallInProgress<R> call, R message);

  /** An error; {@code refused} says that no handler ran. */
  void failed(CallInProgress<R> call, Status status, Metadata metadata, boolean refused);

  /** Nobody waits for a reply any more. */
  void abandoned(CallInProgress<R> call);
}
