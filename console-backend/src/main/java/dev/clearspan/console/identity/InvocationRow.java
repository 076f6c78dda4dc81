package dev.clearspan.console.identity;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A call that somebody made through the console; what was sent and answered is not kept.
 *
 * @param instance the one called; before the end, the one asked for; empty: none
 * @param status gRPC's name of how it ended; null: not yet, or the console was stopped meanwhile
 */
@JsonInclude
public record InvocationRow(
    long number,
    Instant at,
    String author,
    String service,
    String method,
    String instance,
    @Nullable String status,
    @Nullable Long elapsedMillis,
    String traceId) {}
