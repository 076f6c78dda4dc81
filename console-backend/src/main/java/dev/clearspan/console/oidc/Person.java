package dev.clearspan.console.oidc;

import com.nimbusds.oauth2.sdk.ParseException;
import com.nimbusds.oauth2.sdk.util.JSONObjectUtils;
import com.nimbusds.openid.connect.sdk.claims.IDTokenClaimsSet;
import dev.clearspan.console.identity.ExternalUser;
import dev.clearspan.console.oidc.OidcException.Reason;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Who an ID token speaks of, in the console's words. */
final class Person {
  private static final int MOST_GROUPS = 1_000;

  private final OidcConfig config;
  private final IDTokenClaimsSet claims;

  Person(OidcConfig config, IDTokenClaimsSet claims) {
    this.config = config;
    this.claims = claims;
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
        config.issuer().toString(),
        claims.getSubject().getValue(),
        name,
        rights.get().role(),
        rights.get().services());
  }

  private String name() {
    Object chosen = claims.getClaim(config.nameClaim());
    Object email = claims.getClaim("email");
    return chosen instanceof String text
        ? text
        : email instanceof String text ? text : claims.getSubject().getValue();
  }

  private List<String> groups() {
    Object value = claims.getClaim(config.roleClaim());
    if (value == null) {
      value = inside(claims);
    }
    if (value instanceof Collection<?> several) {
      return several.stream()
          .filter(String.class::isInstance)
          .map(String.class::cast)
          .limit(MOST_GROUPS)
          .toList();
    }
    return value instanceof String one ? List.of(one) : List.of();
  }

  /** The claim at the end of a path, such as {@code realm_access.roles}. */
  private @Nullable Object inside(IDTokenClaimsSet all) {
    try {
      Object at = JSONObjectUtils.parse(all.toJSONString());
      for (String step : config.roleClaim().split("\\.", -1)) {
        at = at instanceof Map<?, ?> map ? map.get(step) : null;
      }
      return at;
    } catch (ParseException e) {
      return null;
    }
  }
}
