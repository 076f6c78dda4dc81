package dev.clearspan.console.identity;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A person who signs in.
 *
 * @param services those they may steer; empty: all
 * @param issuer the provider they sign in with, which also says their role; null: a password
 */
public record User(
    String name,
    Role role,
    List<String> services,
    Instant createdAt,
    @Nullable Instant lastSignIn,
    @Nullable String issuer) {
  public User {
    services = List.copyOf(services);
  }
}
