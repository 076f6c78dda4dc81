package dev.clearspan.tracing.testing;

import dev.clearspan.rpc.Status;
import dev.clearspan.rpc.ledger.CallRecord;
import org.jspecify.annotations.Nullable;

/** A call that a test made up. */
public record EndedCall(
    Status status, @Nullable String errorType, int attempts, long startNanos, long endNanos)
    implements CallRecord {}
