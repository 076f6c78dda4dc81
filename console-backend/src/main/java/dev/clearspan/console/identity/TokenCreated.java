package dev.clearspan.console.identity;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** A new token with its secret, which is shown this once. */
public record TokenCreated(
    String id,
    String name,
    Role role,
    Instant createdAt,
    @Nullable Instant expiresAt,
    @Nullable Instant lastUsed,
    String secret) {}
