package dev.clearspan.examples.console;

import org.jspecify.annotations.Nullable;

/** {@code GET /services/{s}/acks}: who has applied a revision. */
public record Acks(
    long revision, int total, int applied, @Nullable Long slowestMillis, boolean complete) {}
