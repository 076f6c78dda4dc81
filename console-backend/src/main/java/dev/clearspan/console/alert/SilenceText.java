package dev.clearspan.console.alert;

import org.jspecify.annotations.Nullable;

/** A silence as it is stored. */
record SilenceText(
    @Nullable String rule,
    @Nullable String service,
    @Nullable String until,
    @Nullable String reason,
    @Nullable String author,
    @Nullable String createdAt) {}
