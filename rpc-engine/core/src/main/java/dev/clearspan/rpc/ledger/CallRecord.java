package dev.clearspan.rpc.ledger;

import dev.clearspan.rpc.Status;
import org.jspecify.annotations.Nullable;

/**
 * One finished client call with all its attempts behind it.
 *
 * @param status what the caller got
 * @param errorType null on success; else the status code's name or a finer word
 * @param attempts attempts made; 0 when refused before any was sent
 * @param startNanos {@link System#nanoTime} at the start
 * @param endNanos same clock, at the end
 */
public record CallRecord(
    Status status, @Nullable String errorType, int attempts, long startNanos, long endNanos) {}
