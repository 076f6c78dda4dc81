package dev.clearspan.console.oidc;

import dev.clearspan.console.identity.ExternalUser;
import dev.clearspan.console.oidc.OidcException.Reason;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/** Whom a provider speaks of, in the console's words. */
final class Person {
  private static final int MOST_GROUPS = 1_000;

  private final OidcConfig config;
  private final String subject;
  private final Claims claims;

  Person(OidcConfig config, String subject, Claims claims) {
    this.config = config;
    this.subject = subject;
    this.claims = claims;
  }

  /**
   * Whether the claims say all that is needed: groups, of which an empty list says something, and a
   * name for people.
   */
  static boolean isWhole(OidcConfig config, Claims claims) {
    boolean named = claims.at(config.nameClaim()) != null || claims.at("email") != null;
    return named && claims.at(config.roleClaim()) != null;
  }

  ExternalUser user() throws OidcException {
    String name = name();
    List<String> groups = groups();
    Optional<RoleRules.Rights> rights = config.roles().of(groups);
    if (rights.isEmpty()) {
      throw new OidcException(
          Reason.NO_ROLE,
          name
              + " is in none of the groups of CLEARSPAN_OIDC_ROLES (claim "
              + config.roleClaim()
              + ": "
              + groups.stream().limit(20).toList()
              + ")");
    }
    return new ExternalUser(
        config.issuer().toString(), subject, name, rights.get().role(), rights.get().services());
  }

  private String name() {
    Object chosen = claims.at(config.nameClaim());
    Object email = claims.at("email");
    return chosen instanceof String text ? text : email instanceof String text ? text : subject;
  }

  private List<String> groups() {
    Object value = claims.at(config.roleClaim());
    if (value instanceof Collection<?> several) {
      return several.stream()
          .filter(String.class::isInstance)
          .map(String.class::cast)
          .limit(MOST_GROUPS)
          .toList();
    }
    return value instanceof String one ? List.of(one) : List.of();
  }
}
