package dev.clearspan.ctl.output;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/** Values of the API as people read them. */
public final class Words {
  /** What stands where there is nothing. */
  public static final String NONE = "-";

  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("MM-dd HH:mm:ss", Locale.ROOT).withZone(ZoneId.systemDefault());

  private Words() {}

  public static String text(JsonNode value) {
    return value.isNull() || value.isMissingNode() || value.asText().isEmpty()
        ? NONE
        : value.asText();
  }

  public static String percent(JsonNode share) {
    return share.isNumber()
        ? String.format(Locale.ROOT, "%.1f%%", 100 * share.doubleValue())
        : NONE;
  }

  public static String number(JsonNode value) {
    return value.isNumber() ? String.format(Locale.ROOT, "%.1f", value.doubleValue()) : NONE;
  }

  public static String millis(JsonNode millis) {
    return millis.isNumber() ? millis(millis.doubleValue()) : NONE;
  }

  public static String millis(double millis) {
    if (millis >= 1_000) {
      return String.format(Locale.ROOT, "%.2f s", millis / 1_000);
    }
    return String.format(Locale.ROOT, millis < 10 ? "%.2f ms" : "%.0f ms", millis);
  }

  /** The local time of an instant. */
  public static String time(JsonNode instant) {
    return instant.isTextual() ? TIME.format(Instant.parse(instant.textValue())) : NONE;
  }

  /** The elements' texts, or {@link #NONE}. */
  public static String list(JsonNode texts) {
    StringBuilder all = new StringBuilder();
    texts.forEach(text -> all.append(all.isEmpty() ? "" : ", ").append(text.asText()));
    return all.isEmpty() ? NONE : all.toString();
  }

  /** Such as 500ms, 90s, 10m, 2h, 1d. */
  public static Duration duration(String text) {
    try {
      if (text.endsWith("ms")) {
        return Duration.ofMillis(Long.parseLong(text.substring(0, text.length() - 2)));
      }
      long count = Long.parseLong(text.substring(0, text.length() - 1));
      return switch (text.charAt(text.length() - 1)) {
        case 's' -> Duration.ofSeconds(count);
        case 'm' -> Duration.ofMinutes(count);
        case 'h' -> Duration.ofHours(count);
        case 'd' -> Duration.ofDays(count);
        default -> throw new NumberFormatException(text);
      };
    } catch (NumberFormatException | StringIndexOutOfBoundsException e) {
      throw new IllegalArgumentException(
          "'" + text + "' (expected: a number and ms, s, m, h or d, such as 90s or 10m)", e);
    }
  }
}
