package dev.clearspan.console.identity;

import java.util.List;

/**
 * Someone whom a provider has signed in.
 *
 * @param subject what the provider knows them by, for ever
 * @param name what people know them by
 * @param services those they may steer; empty: all
 */
public record ExternalUser(
    String issuer, String subject, String name, Role role, List<String> services) {
  public ExternalUser {
    services = List.copyOf(services);
  }
}
