package dev.clearspan.tracing.testing;

import dev.clearspan.rpc.Status;
import dev.clearspan.rpc.ledger.ServedRecord;
import org.jspecify.annotations.Nullable;

/** A served call that a test made up. */
public record EndedServed(
    Status status,
    @Nullable String errorType,
    long startNanos,
    long handlerNanos,
    long endNanos,
    int requestBytes,
    int responseBytes)
    implements ServedRecord {}
