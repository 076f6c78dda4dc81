package dev.clearspan.console.identity;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A new token with its secret, which is shown this once.
 *
 * @param services those it may steer; empty: all
 */
public record TokenCreated(
    String id,
    String name,
    Role role,
    List<String> services,
    Instant createdAt,
    @Nullable Instant expiresAt,
    @Nullable Instant lastUsed,
    String secret) {
  public TokenCreated {
    services = List.copyOf(services);
  }
}
