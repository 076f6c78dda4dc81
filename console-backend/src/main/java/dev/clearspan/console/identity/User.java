package dev.clearspan.console.identity;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** A person who signs in with a password. */
public record User(String name, Role role, Instant createdAt, @Nullable Instant lastSignIn) {}
