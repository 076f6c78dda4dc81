package dev.clearspan.console.identity;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A program's key to the API, without its secret.
 *
 * @param services those it may steer; empty: all
 */
public record Token(
    String id,
    String name,
    Role role,
    List<String> services,
    Instant createdAt,
    @Nullable Instant expiresAt,
    @Nullable Instant lastUsed) {
  public Token {
    services = List.copyOf(services);
  }
}
