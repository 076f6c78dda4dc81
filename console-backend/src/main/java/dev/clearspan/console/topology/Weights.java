package dev.clearspan.console.topology;

import org.jspecify.annotations.Nullable;

/**
 * An instance's weight, as wished and as it is.
 *
 * @param configured the override if there is one, else the base
 * @param effective mean of what its callers have in force
 * @param configuredShare of the service's up instances, 0..1
 * @param effectiveShare of the service's instances, 0..1
 * @param observedShare of the attempts in the window; null without any
 */
public record Weights(
    int configured,
    int base,
    @Nullable Integer override,
    double effective,
    double configuredShare,
    double effectiveShare,
    @Nullable Double observedShare) {}
