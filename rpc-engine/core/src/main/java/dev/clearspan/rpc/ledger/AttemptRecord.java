package dev.clearspan.rpc.ledger;

import dev.clearspan.rpc.Status;
import org.jspecify.annotations.Nullable;

/**
 * One finished attempt of a client call.
 *
 * @param number 1 for the first
 * @param peerInstance instance id from the registry; null when no endpoint was picked (refused by a
 *     breaker, nothing available)
 * @param peerAddress "host:port" dialled; null as above
 * @param status how the attempt ended
 * @param outcome "OK", "STATUS", "NOT_SENT", "REFUSED", "UNKNOWN" or "CANCELLED"
 * @param errorType null on success; else the status code's name, or a finer word such as
 *     "breaker_open"
 * @param startNanos {@link System#nanoTime} at the start
 * @param endNanos same clock, at the end
 * @param requestBytes encoded payload; 0 when nothing was encoded
 * @param responseBytes payload received
 * @param serverNanos time the server says it took in all; -1 unknown
 * @param serverQueueNanos part of it spent queued before the handler; -1 unknown
 */
public record AttemptRecord(
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
    long serverQueueNanos) {}
