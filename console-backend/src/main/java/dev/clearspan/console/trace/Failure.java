package dev.clearspan.console.trace;

import java.time.Instant;

/**
 * A failed call as its caller saw it, after all attempts; also one that a breaker refused.
 *
 * @param at when it ended
 * @param caller empty for a caller that sends no spans
 * @param status gRPC code by name, or {@code error.type} for a foreign span
 */
public record Failure(
    String traceId,
    Instant at,
    String caller,
    String service,
    String method,
    String status,
    String message,
    double durationMillis) {}
