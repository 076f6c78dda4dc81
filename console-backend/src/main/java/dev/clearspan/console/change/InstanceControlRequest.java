package dev.clearspan.console.change;

import org.jspecify.annotations.Nullable;

/**
 * What an operator wants of one instance; what is left out is lifted.
 *
 * @param weight 0 to 10,000; null: the base weight
 * @param sticky whether it also holds after the instance restarts
 */
public record InstanceControlRequest(
    @Nullable Integer weight,
    @Nullable Boolean drain,
    @Nullable Boolean eject,
    @Nullable String reason,
    @Nullable Long ttlSeconds,
    @Nullable Boolean sticky) {}
