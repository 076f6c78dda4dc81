package dev.clearspan.console.identity;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A person who signs in with a password.
 *
 * @param services those they may steer; empty: all
 */
public record User(
    String name,
    Role role,
    List<String> services,
    Instant createdAt,
    @Nullable Instant lastSignIn) {
  public User {
    services = List.copyOf(services);
  }
}
