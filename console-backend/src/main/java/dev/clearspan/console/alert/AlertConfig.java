package dev.clearspan.console.alert;

import java.net.URI;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Whom alerts are told. The address comes from settings alone, never from a request.
 *
 * @param webhook takes Alertmanager's webhook format; null: nobody is told
 * @param token sent as bearer token; null: none
 * @param repeat how often what goes on firing is told again
 */
public record AlertConfig(@Nullable URI webhook, @Nullable String token, Duration repeat) {
  public static final AlertConfig DEFAULT = new AlertConfig(null, null, Duration.ofHours(4));

  private static final String WEBHOOK = "CLEARSPAN_ALERT_WEBHOOK";
  private static final String REPEAT = "CLEARSPAN_ALERT_REPEAT_MINUTES";
  private static final long MOST_MINUTES = 7 * 24 * 60;

  public AlertConfig {
    if (webhook != null
        && (webhook.getHost() == null
            || webhook.getUserInfo() != null
            || !("http".equals(webhook.getScheme()) || "https".equals(webhook.getScheme())))) {
      throw new IllegalArgumentException(
          WEBHOOK + ": no such URL (expected: http://host/path or https://host/path, no user)");
    }
    if (token != null && token.chars().anyMatch(each -> each <= ' ' || each > '~')) {
      throw new IllegalArgumentException(
          "CLEARSPAN_ALERT_WEBHOOK_TOKEN has other characters than a token's (expected: visible"
              + " ASCII without spaces)");
    }
    if (repeat.toMinutes() < 1 || repeat.toMinutes() > MOST_MINUTES) {
      throw new IllegalArgumentException(
          REPEAT + ": " + repeat.toMinutes() + " (expected: 1 to " + MOST_MINUTES + ")");
    }
  }

  /**
   * Reads settings by the names of their environment variables.
   *
   * @throws IllegalArgumentException naming the setting and what was expected
   */
  public static AlertConfig from(Map<String, String> settings) {
    return new AlertConfig(
        uri(settings.get(WEBHOOK)),
        settings.get("CLEARSPAN_ALERT_WEBHOOK_TOKEN"),
        repeat(settings.get(REPEAT)));
  }

  private static @Nullable URI uri(@Nullable String text) {
    try {
      return text == null ? null : URI.create(text.strip());
    } catch (IllegalArgumentException e) {
      // Not with its cause: the address may hold a secret.
      throw new IllegalArgumentException(WEBHOOK + ": no URL (expected: https://host/path)");
    }
  }

  private static Duration repeat(@Nullable String text) {
    try {
      return text == null ? DEFAULT.repeat : Duration.ofMinutes(Long.parseLong(text.strip()));
    } catch (NumberFormatException | ArithmeticException e) {
      throw new IllegalArgumentException(
          REPEAT + ": \"" + text + "\" (expected: 1 to " + MOST_MINUTES + ")", e);
    }
  }

  /** Without address and token, so that they never reach a log. */
  @Override
  public String toString() {
    return "alerts told to " + (webhook == null ? "nobody" : "a webhook") + " every " + repeat;
  }
}
