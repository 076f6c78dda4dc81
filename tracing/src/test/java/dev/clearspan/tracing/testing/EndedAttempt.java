package dev.clearspan.tracing.testing;

import dev.clearspan.rpc.Status;
import dev.clearspan.rpc.ledger.AttemptKind;
import dev.clearspan.rpc.ledger.AttemptRecord;
import org.jspecify.annotations.Nullable;

/** An attempt that a test made up. */
public record EndedAttempt(
    int number,
    AttemptKind kind,
    @Nullable String peerInstance,
    @Nullable String peerAddress,
    Status status,
    String outcome,
    @Nullable String errorType,
    long startNanos,
    long endNanos,
    int requestBytes,
    int responseBytes,
    long serverNanos,
    long serverQueueNanos)
    implements AttemptRecord {}
