package dev.clearspan.console;

import dev.clearspan.console.oidc.OidcConfig;
import dev.clearspan.console.web.TlsSettings;
import dev.clearspan.rpc.Tls;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How a console protects itself.
 *
 * @param tls certificate of API and pages; null: plain HTTP
 * @param oidc provider that people sign in with, besides passwords; null: none
 * @param auditRows how many audit rows are kept, at least {@value #FEWEST_AUDIT_ROWS}
 * @param auditAge how long an audit row is kept, whole days from one on; null: as long as the
 *     number allows
 */
public record SecurityConfig(
    @Nullable Tls tls, @Nullable OidcConfig oidc, int auditRows, @Nullable Duration auditAge) {
  private static final int FEWEST_AUDIT_ROWS = 100;
  private static final int MOST_AUDIT_DAYS = 36_500;

  /** Plain HTTP, passwords. */
  public static final SecurityConfig DEFAULT = new SecurityConfig(null, null, 20_000, null);

  public SecurityConfig {
    if (auditRows < FEWEST_AUDIT_ROWS) {
      throw unusable(Integer.toString(auditRows), null);
    }
    if (auditAge != null && (auditAge.toDays() < 1 || auditAge.toDays() > MOST_AUDIT_DAYS)) {
      throw unusableDays(Long.toString(auditAge.toDays()), null);
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
        auditRows(settings.get("CLEARSPAN_AUDIT_ROWS")),
        auditAge(settings.get("CLEARSPAN_AUDIT_DAYS")));
  }

  public SecurityConfig withTls(@Nullable Tls value) {
    return new SecurityConfig(value, oidc, auditRows, auditAge);
  }

  public SecurityConfig withOidc(@Nullable OidcConfig value) {
    return new SecurityConfig(tls, value, auditRows, auditAge);
  }

  public SecurityConfig withAuditRows(int value) {
    return new SecurityConfig(tls, oidc, value, auditAge);
  }

  public SecurityConfig withAuditAge(@Nullable Duration value) {
    return new SecurityConfig(tls, oidc, auditRows, value);
  }

  private static @Nullable Duration auditAge(@Nullable String days) {
    try {
      return days == null ? null : Duration.ofDays(Integer.parseInt(days.strip()));
    } catch (NumberFormatException e) {
      throw unusableDays("\"" + days + "\"", e);
    }
  }

  private static IllegalArgumentException unusableDays(String found, @Nullable Exception cause) {
    return new IllegalArgumentException(
        "CLEARSPAN_AUDIT_DAYS: " + found + " (expected: 1 to " + MOST_AUDIT_DAYS + ", or none)",
        cause);
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
