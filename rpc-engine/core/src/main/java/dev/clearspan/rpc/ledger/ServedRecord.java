package dev.clearspan.rpc.ledger;

import dev.clearspan.rpc.Status;
import org.jspecify.annotations.Nullable;

/**
 * One finished call on the server.
 *
 * @param status what was answered
 * @param errorType null on success; else the status code's name, or the exception's class
 * @param startNanos {@link System#nanoTime} when the request was decoded
 * @param handlerNanos same clock, when the handler began; equals endNanos when none ran
 * @param endNanos same clock, when the reply was handed to the connection
 * @param requestBytes payload received
 * @param responseBytes payload sent
 */
public record ServedRecord(
    Status status,
    @Nullable String errorType,
    long startNanos,
    long handlerNanos,
    long endNanos,
    int requestBytes,
    int responseBytes) {}
