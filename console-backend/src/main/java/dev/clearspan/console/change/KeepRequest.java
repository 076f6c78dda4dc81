package dev.clearspan.console.change;

import org.jspecify.annotations.Nullable;

/**
 * An order to keep every call of one caller for a while.
 *
 * @param caller the calling service
 * @param method full name; empty or null: all methods
 * @param seconds how long, 1 to 3,600
 */
public record KeepRequest(
    @Nullable String caller,
    @Nullable String method,
    @Nullable Long seconds,
    @Nullable String reason) {}
