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
 * @param auditRows how many audit rows are kept, at least {@value #FEWEST_AUDIT_ROWS}
 */
public record SecurityConfig(@Nullable Tls tls, @Nullable OidcConfig oidc, int auditRows) {
  private static final int FEWEST_AUDIT_ROWS = 100;

  /** Plain HTTP, passwords. */
  public static final SecurityConfig DEFAULT = new SecurityConfig(null, null, 20_000);

  public SecurityConfig {
    if (auditRows < FEWEST_AUDIT_ROWS) {
      throw unusable(Integer.toString(auditRows), null);
    }
  }

  /**
   * Reads settings by the names of their environment variables; what is unset keeps its default.
   *
   * @throws IllegalArgumentException naming the setting and what was expected
   */
  static SecurityConfig from(Map<String, String> settings) {
    return new SecurityConfig(
        TlsSettings.from(settings, "CLEARSPAN_TLS").orElse(null),
        OidcConfig.from(settings).orElse(null),
        auditRows(settings.get("CLEARSPAN_AUDIT_ROWS")));
  }

  public SecurityConfig withTls(@Nullable Tls value) {
    return new SecurityConfig(value, oidc, auditRows);
  }

  public SecurityConfig withOidc(@Nullable OidcConfig value) {
    return new SecurityConfig(tls, value, auditRows);
  }

  public SecurityConfig withAuditRows(int value) {
    return new SecurityConfig(tls, oidc, value);
  }

  private static int auditRows(@Nullable String text) {
    try {
      return text == null ? DEFAULT.auditRows : Integer.parseInt(text.strip());
    } catch (NumberFormatException e) {
      throw unusable(text, e);
    }
  }

  private static IllegalArgumentException unusable(
      @Nullable String text, @Nullable Exception cause) {
    return new IllegalArgumentException(
        "CLEARSPAN_AUDIT_ROWS: \""
            + text
            + "\" (expected: a number from "
            + FEWEST_AUDIT_ROWS
            + " on)",
        cause);
  }
}
