package dev.clearspan.rpc.server;

import dev.clearspan.rpc.Deadline;
import dev.clearspan.rpc.Metadata;

/**
 * What the wire said of a call.
 *
 * @param callerService "" when unknown
 * @param startNanos when the request was decoded
 * @param requestBytes encoded payload
 */
public record CallIntake(
    Metadata metadata,
    Deadline deadline,
    String callerService,
    long startNanos,
    int requestBytes) {}
