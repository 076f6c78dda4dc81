package dev.clearspan.console.alert;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Alerts in short, for the report on the console itself. */
public record AlertSummary(
    @Nullable Instant evaluatedAt,
    int firing,
    int pending,
    int noData,
    int silenced,
    WebhookState webhook) {}
