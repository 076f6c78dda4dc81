package dev.clearspan.console.policy;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A policy as it once was.
 *
 * @param policy null: the policy was deleted
 */
public record PolicyVersion(
    String auditId,
    long revision,
    Instant at,
    String author,
    String reason,
    @Nullable Object policy) {}
