package dev.clearspan.simulate.scenario;

import java.util.Locale;

/**
 * One figure and its target.
 *
 * @param what is measured
 * @param unit after the figures; may be empty
 */
public record Check(String what, double measured, Bound bound, double target, String unit) {
  /** Which side of the target is good. */
  public enum Bound {
    AT_MOST("<="),
    AT_LEAST(">=");

    private final String sign;

    Bound(String sign) {
      this.sign = sign;
    }
  }

  static Check atMost(String what, double measured, double target, String unit) {
    return new Check(what, measured, Bound.AT_MOST, target, unit);
  }

  static Check atLeast(String what, double measured, double target, String unit) {
    return new Check(what, measured, Bound.AT_LEAST, target, unit);
  }

  public boolean isMet() {
    return bound == Bound.AT_MOST ? measured <= target : measured >= target;
  }

  /** The figure, such as "1.08". */
  public String measuredText() {
    return figure(measured) + unit;
  }

  /** The target, such as "<= 1.25". */
  public String targetText() {
    return bound.sign + " " + figure(target) + unit;
  }

  private static String figure(double value) {
    if (value == Math.rint(value) && Math.abs(value) < 1e15) {
      return Long.toString((long) value);
    }
    return String.format(Locale.ROOT, Math.abs(value) < 100 ? "%.3f" : "%.1f", value);
  }
}
