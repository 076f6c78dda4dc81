package dev.clearspan.console.topology;

import org.jspecify.annotations.Nullable;

/**
 * Rate, errors, duration over a window.
 *
 * @param rate calls per second
 * @param errorShare 0..1
 */
public record Red(
    double rate,
    double errorShare,
    @Nullable Double p50Millis,
    @Nullable Double p90Millis,
    @Nullable Double p99Millis) {}
