package dev.clearspan.console.identity;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** A program's key to the API, without its secret. */
public record Token(
    String id,
    String name,
    Role role,
    Instant createdAt,
    @Nullable Instant expiresAt,
    @Nullable Instant lastUsed) {}
