package dev.clearspan.chaos.scenario;

import java.util.Locale;

/**
 * One figure, and its limit if it has one.
 *
 * @param what was counted or measured
 * @param seen the figure with its unit
 * @param limit what it must be, such as "at most 0"; empty: it is only told
 */
public record Finding(String what, String seen, String limit, boolean isMet) {
  static Finding atMost(String what, long seen, long limit, String unit) {
    return new Finding(what, text(seen, unit), "at most " + text(limit, unit), seen <= limit);
  }

  static Finding atLeast(String what, long seen, long limit, String unit) {
    return new Finding(what, text(seen, unit), "at least " + text(limit, unit), seen >= limit);
  }

  static Finding none(String what, long seen) {
    return atMost(what, seen, 0, "");
  }

  static Finding told(String what, long seen, String unit) {
    return new Finding(what, text(seen, unit), "", true);
  }

  /** Whether it has a limit. */
  public boolean isLimited() {
    return !limit.isEmpty();
  }

  private static String text(long figure, String unit) {
    return String.format(Locale.ROOT, "%,d%s", figure, unit.isEmpty() ? "" : " " + unit);
  }
}
