package dev.clearspan.rpc.server;

import dev.clearspan.rpc.Deadline;
import dev.clearspan.rpc.Metadata;
import org.jspecify.annotations.Nullable;

/**
 * What the wire said of a call.
 *
 * @param callerService what the caller calls itself; "" when unknown
 * @param callerIdentity who it is by its certificate; null when it showed none
 * @param startNanos when the request was decoded
 * @param requestBytes encoded payload
 */
public record CallIntake(
    Metadata metadata,
    Deadline deadline,
    String callerService,
    @Nullable String callerIdentity,
    long startNanos,
    int requestBytes) {

  /** A call of a caller without certificate. */
  public CallIntake(
      Metadata metadata,
      Deadline deadline,
      String callerService,
      long startNanos,
      int requestBytes) {
    this(metadata, deadline, callerService, null, startNanos, requestBytes);
  }

  CallIntake withRequestBytes(int value) {
    return new CallIntake(metadata, deadline, callerService, callerIdentity, startNanos, value);
  }
}
