package dev.clearspan.console.outage;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One instance out of use for one reason.
 *
 * @param cause in the words of whoever said so first
 * @param since when, by the clock of whoever said so first
 * @param until when the last one took it back, or could not be heard any more; null: it goes on
 * @param reporters most processes that said so at one time
 */
public record Outage(
    String instance,
    OutageKind kind,
    String cause,
    Instant since,
    @Nullable Instant until,
    int reporters) {}
