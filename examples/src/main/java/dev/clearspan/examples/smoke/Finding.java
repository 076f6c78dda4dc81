package dev.clearspan.examples.smoke;

import java.util.Locale;

/**
 * One figure against its limit.
 *
 * @param what the figure's name
 * @param figure what was found
 * @param limit what was expected
 * @param met whether that is fine
 */
public record Finding(String what, String figure, String limit, boolean met) {
  /** A time that may be at most so long; a negative one means that it never happened. */
  public static Finding within(String what, long millis, long limitMillis) {
    return new Finding(
        what,
        millis < 0 ? "never" : millis + " ms",
        "<= " + limitMillis + " ms",
        millis >= 0 && millis <= limitMillis);
  }

  public static Finding atMost(String what, long found, long limit) {
    return new Finding(what, String.valueOf(found), "<= " + limit, found <= limit);
  }

  public static Finding atLeast(String what, long found, long limit) {
    return new Finding(what, String.valueOf(found), ">= " + limit, found >= limit);
  }

  /** Something that is so or not. */
  public static Finding holds(String what, String figure, String expected, boolean met) {
    return new Finding(what, figure, expected, met);
  }

  /** One line for people. */
  public String line() {
    return String.format(
        Locale.ROOT, "%-6s  %-58s  %-28s  %s", met ? "ok" : "MISSED", what, figure, limit);
  }
}
