package dev.clearspan.console.oidc;

import dev.clearspan.console.remote.Authorities;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The provider that people sign in with, and what its word is worth.
 *
 * @param issuer as its ID tokens name it; https unless it is on this machine
 * @param clientSecret null for a public client, which PKCE alone protects
 * @param scopes asked for
 * @param nameClaim claim that users are called by
 * @param roleClaim claim with groups: a name, or a path with dots
 * @param roles which groups have which rights
 * @param label what the provider is called on the page
 * @param authorities PEM file with the authorities that its certificate must come from; null: those
 *     of the JDK
 * @param signOutThere whether who signs out here is sent to sign out there, too
 */
public record OidcConfig(
    URI issuer,
    String clientId,
    @Nullable String clientSecret,
    List<String> scopes,
    String nameClaim,
    String roleClaim,
    RoleRules roles,
    String label,
    @Nullable Path authorities,
    boolean signOutThere) {
  static final String PREFIX = "CLEARSPAN_OIDC_";

  public OidcConfig {
    scopes = List.copyOf(scopes);
    requireSafe("CLEARSPAN_OIDC_ISSUER", issuer, issuer);
    if (!scopes.contains("openid")) {
      throw new IllegalArgumentException(
          "CLEARSPAN_OIDC_SCOPES: " + scopes + " (expected: with openid among them)");
    }
  }

  /**
   * Reads {@code CLEARSPAN_OIDC_*}; empty if there is no issuer.
   *
   * @throws IllegalArgumentException naming the setting and what was expected
   */
  public static Optional<OidcConfig> from(Map<String, String> settings) {
    String issuer = settings.get(PREFIX + "ISSUER");
    if (issuer == null) {
      return Optional.empty();
    }
    URI uri = uri(issuer);
    return Optional.of(
        new OidcConfig(
            uri,
            required(settings, "CLIENT_ID"),
            secret(settings),
            List.of(
                settings
                    .getOrDefault(PREFIX + "SCOPES", "openid profile email")
                    .strip()
                    .split("[\\s,]+")),
            settings.getOrDefault(PREFIX + "NAME_CLAIM", "preferred_username"),
            settings.getOrDefault(PREFIX + "ROLE_CLAIM", "groups"),
            RoleRules.parse(required(settings, "ROLES")),
            settings.getOrDefault(PREFIX + "LABEL", uri.getHost()),
            authorities(settings.get(PREFIX + "CA")),
            signOutThere(settings.getOrDefault(PREFIX + "SIGN_OUT", "provider"))));
  }

  private static @Nullable Path authorities(@Nullable String file) {
    if (file == null) {
      return null;
    }
    try {
      Path path = Path.of(file);
      Authorities.trusting(Authorities.text(path));
      return path;
    } catch (IOException | InvalidPathException e) {
      throw new IllegalArgumentException(
          PREFIX + "CA: " + file + " (expected: a PEM file of certificates): " + e.getMessage(), e);
    }
  }

  private static boolean signOutThere(String where) {
    if (!where.equals("provider") && !where.equals("console")) {
      throw new IllegalArgumentException(
          PREFIX + "SIGN_OUT: \"" + where + "\" (expected: provider or console)");
    }
    return where.equals("provider");
  }

  private static URI uri(String text) {
    try {
      return URI.create(text.strip());
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(PREFIX + "ISSUER: \"" + text + "\" (expected: a URL)", e);
    }
  }

  private static String required(Map<String, String> settings, String name) {
    String value = settings.get(PREFIX + name);
    if (value == null) {
      throw new IllegalArgumentException(
          PREFIX + name + " is not set (expected: it, as " + PREFIX + "ISSUER is)");
    }
    return value;
  }

  private static @Nullable String secret(Map<String, String> settings) {
    String file = settings.get(PREFIX + "CLIENT_SECRET_FILE");
    if (file == null) {
      return settings.get(PREFIX + "CLIENT_SECRET");
    }
    try {
      return Files.readString(Path.of(file)).strip();
    } catch (IOException e) {
      throw new IllegalArgumentException(
          PREFIX + "CLIENT_SECRET_FILE: " + file + " cannot be read (expected: a file)", e);
    }
  }

  /**
   * Refuses addresses to which a secret would go unencrypted: only on this machine http will do.
   *
   * @param what names the address
   */
  static void requireSafe(String what, @Nullable URI address, URI issuer) {
    boolean sound =
        address != null
            && address.getHost() != null
            && address.getUserInfo() == null
            && address.getFragment() == null
            && ("https".equals(address.getScheme())
                || ("http".equals(address.getScheme())
                    && isLoopback(address)
                    && isLoopback(issuer)));
    if (!sound) {
      throw new IllegalArgumentException(
          what + ": \"" + address + "\" (expected: https://host/..; http on this machine only)");
    }
  }

  private static boolean isLoopback(URI address) {
    return Arrays.asList("localhost", "127.0.0.1", "[::1]").contains(address.getHost());
  }

  /** Without the secret, so that it never reaches a log. */
  @Override
  public String toString() {
    return issuer + " as " + clientId;
  }
}
