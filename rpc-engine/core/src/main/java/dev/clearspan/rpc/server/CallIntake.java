package dev.clearspan.rpc.server;

import dev.clearspan.rpc.Criticality;
import dev.clearspan.rpc.Deadline;
import dev.clearspan.rpc.Metadata;
import org.jspecify.annotations.Nullable;

/**
 * What the wire said of a call.
 *
 * @param criticality how much it matters to the caller
 * @param callerService what the caller calls itself; "" when unknown
 * @param callerIdentity who it is by its certificate; null when it showed none
 * @param startNanos when the request was decoded
 * @param requestBytes encoded payload
 * @param attempt of the caller, 1 for the first
 */
public record CallIntake(
    Metadata metadata,
    Deadline deadline,
    Criticality criticality,
    String callerService,
    @Nullable String callerIdentity,
    long startNanos,
    int requestBytes,
    int attempt) {

  CallIntake withRequestBytes(int value) {
    return new CallIntake(
        metadata, deadline, criticality, callerService, callerIdentity, startNanos, value, attempt);
  }
}
