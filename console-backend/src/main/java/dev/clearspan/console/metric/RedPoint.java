package dev.clearspan.console.metric;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One step of a series.
 *
 * @param at start of the step
 * @param rate calls per second
 * @param errorShare 0..1, 0 without calls
 * @param p50Millis null without calls, or where the store does not know; so are the others
 */
public record RedPoint(
    Instant at,
    long calls,
    long errors,
    double rate,
    double errorShare,
    @Nullable Double p50Millis,
    @Nullable Double p90Millis,
    @Nullable Double p99Millis) {}
