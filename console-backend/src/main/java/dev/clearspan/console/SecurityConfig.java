package dev.clearspan.console;

import dev.clearspan.console.oidc.OidcConfig;
import dev.clearspan.console.web.TlsSettings;
import dev.clearspan.rpc.Tls;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How a console protects itself.
 *
 * @param tls certificate of API and pages; null: plain HTTP
 * @param oidc provider that people sign in with, besides passwords; null: none
 */
public record SecurityConfig(@Nullable Tls tls, @Nullable OidcConfig oidc) {
  /** Plain HTTP, passwords. */
  public static final SecurityConfig DEFAULT = new SecurityConfig(null, null);

  /**
   * Reads settings by the names of their environment variables; what is unset keeps its default.
   *
   * @throws IllegalArgumentException naming the setting and what was expected
   */
  static SecurityConfig from(Map<String, String> settings) {
    return new SecurityConfig(
        TlsSettings.from(settings, "CLEARSPAN_TLS").orElse(null),
        OidcConfig.from(settings).orElse(null));
  }

  public SecurityConfig withTls(@Nullable Tls value) {
    return new SecurityConfig(value, oidc);
  }

  public SecurityConfig withOidc(@Nullable OidcConfig value) {
    return new SecurityConfig(tls, value);
  }
}
